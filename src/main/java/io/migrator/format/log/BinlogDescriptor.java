package io.migrator.format.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.GoJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a classic binlog says of itself before its first event.
 *
 * @param end offset of the byte after it
 */
record BinlogDescriptor(
        long collectionId,
        long partitionId,
        long segmentId,
        long fieldId,
        long from,
        long to,
        int payloadType,
        Map<String, Object> extra,
        int end) {
    static final int MAGIC = 0x00FFFABC;
    static final int MAGIC_BYTES = 4;
    /** What has to be read before it is known how long the descriptor is. */
    static final int HEAD_BYTES = MAGIC_BYTES + BinlogEvent.HEADER_BYTES;

    private static final JsonMapper JSON = GoJson.mapper();
    private static final int SHORTEST = HEAD_BYTES + 52 + 8 + 4;
    /** Real ones have some 30 bytes of properties, those with an encryption key some hundred. */
    private static final int LONGEST = 1 << 20;
    /** How many bytes follow the header of an event, by type of event: 52 of a descriptor, 16 of all others. */
    private static final byte[] POST_HEADERS = {52, 16, 16, 16, 16, 16, 16, 16};

    /**
     * Where the descriptor ends.
     *
     * @param head the first {@link #HEAD_BYTES} of the file, or all of a shorter one
     * @param fileSize bytes of the whole file
     */
    static int end(ByteBuffer head, long fileSize) throws DamagedMetaException {
        ByteBuffer file = head.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (fileSize < SHORTEST || file.limit() < HEAD_BYTES || file.getInt(0) != MAGIC) {
            throw new DamagedMetaException("no binlog: " + fileSize + " bytes that do not begin as one");
        }
        BinlogEvent.Header header = BinlogEvent.Header.read(file, MAGIC_BYTES, MAGIC_BYTES, fileSize);
        if (header.type() != BinlogEvent.DESCRIPTOR) {
            throw new DamagedMetaException("at byte 4: an event of type " + header.type() + " instead of a descriptor");
        }
        if (header.end() < SHORTEST || header.end() > LONGEST) {
            throw new DamagedMetaException("at byte 4: a descriptor of " + header.length() + " bytes");
        }
        return (int) header.end();
    }

    /** @param content begins as the file does and holds at least the whole descriptor */
    static BinlogDescriptor read(byte[] content, int end) throws DamagedMetaException {
        ByteBuffer file =
                ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).position(HEAD_BYTES);
        long collection = file.getLong();
        long partition = file.getLong();
        long segment = file.getLong();
        long field = file.getLong();
        long from = file.getLong();
        long to = file.getLong();
        int type = file.getInt();
        byte[] postHeaders = new byte[POST_HEADERS.length];
        file.get(postHeaders);
        if (!Arrays.equals(postHeaders, POST_HEADERS)) {
            throw new DamagedMetaException("at byte 73: event headers of lengths " + Arrays.toString(postHeaders));
        }
        int extraLength = file.getInt();
        if (extraLength < 0 || extraLength != end - SHORTEST) {
            throw new DamagedMetaException("at byte 81: " + extraLength + " bytes of properties in a descriptor of "
                    + (end - MAGIC_BYTES) + " bytes");
        }
        Map<String, Object> extra = properties(content, file.position(), extraLength);
        return new BinlogDescriptor(collection, partition, segment, field, from, to, type, extra, end);
    }

    /** Whether Milvus encrypted the payloads: they cannot be read then. */
    boolean encrypted() {
        return extra.get("edek") instanceof String key && !key.isEmpty();
    }

    private static Map<String, Object> properties(byte[] content, int offset, int length) throws DamagedMetaException {
        if (length == 0) {
            return Map.of();
        }
        try {
            @Nullable Map<String, Object> extra = JSON.readValue(content, offset, length, new TypeReference<>() {});
            if (extra == null) {
                throw new DamagedMetaException("at byte " + offset + ": properties that are null");
            }
            return extra;
        } catch (JsonProcessingException e) {
            throw GoJson.damaged(e);
        } catch (DamagedMetaException e) {
            throw e;
        } catch (IOException e) {
            throw new DamagedMetaException("at byte " + offset + ": properties that cannot be read", e);
        }
    }
}
