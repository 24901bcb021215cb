package io.migrator.format.log;

import io.migrator.format.DamagedMetaException;
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
    /** Bytes before the payload: the header, and the two timestamps after it. */
    static final int BODY_OFFSET = HEADER_BYTES + 16;

    private static final int LAST_TYPE = 7;

    /**
     * What every event begins with.
     *
     * @param length bytes of the event with this header
     * @param end offset of the byte after the event
     */
    record Header(int type, int length, long end) {
        /**
         * The event lies inside the file wherever this returns.
         *
         * @param bytes holds the header at index {@code at}, where it holds so much
         * @param offset of the header in the file
         */
        static Header read(ByteBuffer bytes, int at, long offset, long fileSize) throws DamagedMetaException {
            long left = fileSize - offset;
            if (left < HEADER_BYTES || bytes.limit() - at < HEADER_BYTES) {
                throw new DamagedMetaException("at byte " + offset + ": an event of which " + left + " bytes are left");
            }
            int type = bytes.get(at + 8);
            int length = bytes.getInt(at + 9);
            int next = bytes.getInt(at + 13);
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

        /** Fails where no payload can follow: a descriptor, an unknown type, too short. */
        void requirePayload(long offset) throws DamagedMetaException {
            if (type <= DESCRIPTOR || type > LAST_TYPE || length < BODY_OFFSET) {
                throw new DamagedMetaException(
                        "at byte " + offset + ": an event of type " + type + " with " + length + " bytes");
            }
        }
    }

    static BinlogEvent read(ByteBuffer file, int offset, Header head) throws DamagedMetaException {
        head.requirePayload(offset);
        return new BinlogEvent(
                head.type(),
                file.getLong(offset + HEADER_BYTES),
                file.getLong(offset + HEADER_BYTES + Long.BYTES),
                file.slice(offset + BODY_OFFSET, head.length() - BODY_OFFSET).asReadOnlyBuffer());
    }
}
