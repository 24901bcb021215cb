package io.migrator.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A classic binlog of Milvus (storage version 0 and 1), insert or delta log: a descriptor, then events that hold one
 * Parquet file each. All numbers are little-endian.
 *
 * @param partitionId -1 where it spans all partitions
 * @param fieldId -1 in delta logs
 * @param from earliest timestamp of its entries, as Milvus counts: milliseconds shifted left by 18 bits
 * @param to latest timestamp of its entries
 * @param payloadType Milvus' number of the data type of the values
 * @param extra what else the descriptor says, such as {@code original_size}
 */
public record BinlogFile(
        long collectionId,
        long partitionId,
        long segmentId,
        long fieldId,
        long from,
        long to,
        int payloadType,
        Map<String, Object> extra,
        List<BinlogEvent> events) {
    static final int MAGIC = 0x00FFFABC;

    private static final JsonMapper JSON = GoJson.mapper();
    private static final int SHORTEST = 4 + BinlogEvent.HEADER_BYTES + 52 + 8 + 4;
    private static final int FIXED_PART = 4 + BinlogEvent.HEADER_BYTES;
    /** How many bytes follow the header of an event, by type of event: 52 of a descriptor, 16 of all others. */
    private static final byte[] POST_HEADERS = {52, 16, 16, 16, 16, 16, 16, 16};

    public BinlogFile {
        extra = Collections.unmodifiableMap(extra);
        events = List.copyOf(events);
    }

    /** Whether Milvus encrypted the payloads: they cannot be read then. */
    public boolean encrypted() {
        return extra.get("edek") instanceof String key && !key.isEmpty();
    }

    /**
     * Rows of all events together.
     *
     * @throws DamagedMetaException where a payload is no Parquet file, as those of an encrypted binlog
     */
    public long rows() throws DamagedMetaException {
        long rows = 0;
        for (BinlogEvent event : events) {
            rows += ParquetFooter.read(event.payload()).rows();
            if (rows < 0) {
                throw new DamagedMetaException("its events have more rows than can be counted");
            }
        }
        return rows;
    }

    /**
     * Reads the envelope; the payloads are slices of {@code content} and are not looked at.
     *
     * @param content a whole object
     * @throws DamagedMetaException where a length or an offset does not fit, with the byte it stands at
     */
    public static BinlogFile parse(byte[] content) throws DamagedMetaException {
        ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (content.length < SHORTEST || file.getInt(0) != MAGIC) {
            throw new DamagedMetaException("no binlog: " + content.length + " bytes that do not begin as one");
        }
        BinlogEvent.Header head = BinlogEvent.Header.read(file, 4);
        if (head.type() != BinlogEvent.DESCRIPTOR) {
            throw new DamagedMetaException("at byte 4: an event of type " + head.type() + " instead of a descriptor");
        }
        file.position(FIXED_PART);
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
        if (extraLength < 0 || extraLength != head.end() - SHORTEST) {
            throw new DamagedMetaException("at byte 81: " + extraLength + " bytes of properties in a descriptor of "
                    + head.length() + " bytes");
        }
        Map<String, Object> extra = properties(content, file.position(), extraLength);
        return new BinlogFile(collection, partition, segment, field, from, to, type, extra, events(file, head.end()));
    }

    private static List<BinlogEvent> events(ByteBuffer file, int first) throws DamagedMetaException {
        List<BinlogEvent> events = new ArrayList<>();
        int offset = first;
        while (offset < file.limit()) {
            BinlogEvent.Header head = BinlogEvent.Header.read(file, offset);
            events.add(BinlogEvent.read(file, offset, head));
            offset = head.end();
        }
        if (events.isEmpty()) {
            throw new DamagedMetaException("at byte " + first + ": it ends without an event");
        }
        return events;
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
