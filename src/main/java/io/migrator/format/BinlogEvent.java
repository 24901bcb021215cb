package io.migrator.format;

import java.nio.ByteBuffer;

/**
 * An event of a binlog.
 *
 * @param type {@link #INSERT}, {@link #DELETE} or another of Milvus' numbers
 * @param from earliest timestamp of its entries; delta logs of the two-column form have 1
 * @param to latest timestamp of its entries
 * @param payload read-only slice, normally a whole Parquet file
 */
public record BinlogEvent(int type, long from, long to, ByteBuffer payload) {
    public static final int INSERT = 1;
    public static final int DELETE = 2;

    static final int DESCRIPTOR = 0;
    static final int HEADER_BYTES = 17;

    private static final int LAST_TYPE = 7;
    private static final int POST_HEADER_BYTES = 16;

    /**
     * What every event begins with.
     *
     * @param length bytes of the event with this header
     * @param end offset of the byte after the event
     */
    record Header(int type, int length, int end) {
        /** The event lies inside the file wherever this returns. */
        static Header read(ByteBuffer file, int offset) throws DamagedMetaException {
            int left = file.limit() - offset;
            if (left < HEADER_BYTES) {
                throw new DamagedMetaException("at byte " + offset + ": an event of which " + left + " bytes are left");
            }
            int type = file.get(offset + 8);
            int length = file.getInt(offset + 9);
            int next = file.getInt(offset + 13);
            if (length < HEADER_BYTES || length > left) {
                throw new DamagedMetaException("at byte " + offset + ": an event of " + Integer.toUnsignedString(length)
                        + " bytes, of which " + left + " are left");
            }
            // Milvus writes some files as a stream and then does not know where the next event begins.
            if (next != offset + length && next != -1 && next != 0) {
                throw new DamagedMetaException("at byte " + offset + ": an event of " + length
                        + " bytes whose next one begins at " + Integer.toUnsignedString(next));
            }
            return new Header(type, length, offset + length);
        }
    }

    static BinlogEvent read(ByteBuffer file, int offset, Header head) throws DamagedMetaException {
        int body = HEADER_BYTES + POST_HEADER_BYTES;
        if (head.type() <= DESCRIPTOR || head.type() > LAST_TYPE || head.length() < body) {
            throw new DamagedMetaException(
                    "at byte " + offset + ": an event of type " + head.type() + " with " + head.length() + " bytes");
        }
        return new BinlogEvent(
                head.type(),
                file.getLong(offset + HEADER_BYTES),
                file.getLong(offset + HEADER_BYTES + Long.BYTES),
                file.slice(offset + body, head.length() - body).asReadOnlyBuffer());
    }
}
