package io.migrator.fake.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.migrator.fake.model.SegmentPlace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The envelope of a classic binlog around one Parquet file (milvus-api.md 4.2).
 *
 * @param fieldId -1 in delta logs
 * @param from earliest timestamp of its entries
 * @param to latest one
 * @param payloadType Milvus' number of the data type
 * @param extra the properties, as JSON
 */
record Envelope(SegmentPlace place, long fieldId, long from, long to, int payloadType, String extra) {
    static final int INSERT = 1;
    static final int DELETE = 2;

    private static final int MAGIC = 0x00FFFABC;
    private static final int HEADER = 17;
    private static final int BODY = 52 + 8 + 4;
    private static final int EVENT = HEADER + 16;
    private static final byte[] POST_HEADERS = {52, 16, 16, 16, 16, 16, 16, 16};

    static boolean is(byte[] content) {
        return content.length > HEADER
                && ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt() == MAGIC;
    }

    /** @param streamed as Milvus writes what it does not know the end of: without the next event's position */
    byte[] around(byte[] parquet, int eventType, boolean streamed) {
        byte[] properties = extra.getBytes(UTF_8);
        int descriptor = HEADER + BODY + properties.length;
        int event = EVENT + parquet.length;
        ByteBuffer out = ParquetOut.littleEndian(4 + descriptor + event);
        out.putInt(MAGIC);
        header(out, 0, descriptor, 4 + descriptor);
        putIds(out, place);
        out.putLong(fieldId).putLong(from).putLong(to).putInt(payloadType);
        out.put(POST_HEADERS).putInt(properties.length).put(properties);
        header(out, eventType, event, streamed ? -1 : out.capacity());
        return out.putLong(from).putLong(to).put(parquet).array();
    }

    private static void putIds(ByteBuffer out, SegmentPlace place) {
        out.putLong(place.collection()).putLong(place.partition()).putLong(place.segment());
    }

    private void header(ByteBuffer out, int type, int length, int next) {
        out.putLong(to).put((byte) type).putInt(length).putInt(next);
    }
}
