package io.migrator.format.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.migrator.format.DamagedMetaException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the footer of a Parquet file says of the whole file. Reads no data, so it can be had of any compression.
 *
 * @param rows rows of all row groups together
 */
public record ParquetFooter(long rows) {
    static final String MAGIC = "PAR1";

    private static final int MAGIC_BYTES = 4;
    static final int TAIL_BYTES = 8;
    private static final int ROWS_OF_FILE = 3;
    private static final int ROW_GROUPS = 4;
    private static final int ROWS_OF_GROUP = 3;

    /**
     * @param file a whole Parquet file, between position and limit; left as it is
     * @throws DamagedMetaException where it is none
     */
    public static ParquetFooter read(ByteBuffer file) throws DamagedMetaException {
        return readTail(file, file.remaining(), magicAt(file.slice(), 0));
    }

    /**
     * @param tail the last bytes of a Parquet file, between position and limit; left as it is
     * @param fileSize bytes of the whole file
     * @param begins whether the file begins with {@link #MAGIC}
     * @throws DamagedMetaException where it is none, or the footer is longer than the tail
     */
    static ParquetFooter readTail(ByteBuffer tail, long fileSize, boolean begins) throws DamagedMetaException {
        return parse(thrift(tail, fileSize, begins));
    }

    /** The footer itself; parameters and faults as those of {@link #readTail}. */
    static CompactThrift thrift(ByteBuffer tail, long fileSize, boolean begins) throws DamagedMetaException {
        ByteBuffer end = tail.slice().order(ByteOrder.LITTLE_ENDIAN);
        int size = end.limit();
        if (fileSize < MAGIC_BYTES + TAIL_BYTES || !begins || !magicAt(end, size - MAGIC_BYTES)) {
            throw new DamagedMetaException("no whole Parquet file: it does not begin and end with " + MAGIC);
        }
        int length = end.getInt(size - TAIL_BYTES);
        if (length <= 0 || length > fileSize - MAGIC_BYTES - TAIL_BYTES || length > size - TAIL_BYTES) {
            throw new DamagedMetaException("the Parquet footer says it has " + Integer.toUnsignedString(length)
                    + " bytes, of a file of " + fileSize);
        }
        return new CompactThrift(end.slice(size - TAIL_BYTES - length, length));
    }

    /** Bytes of the footer by what the tail of a file says; 0 where that is no end of a Parquet file. */
    static int length(ByteBuffer tail) {
        ByteBuffer end = tail.slice().order(ByteOrder.LITTLE_ENDIAN);
        int size = end.limit();
        return size >= TAIL_BYTES && magicAt(end, size - MAGIC_BYTES) ? end.getInt(size - TAIL_BYTES) : 0;
    }

    static boolean magicAt(ByteBuffer file, int offset) {
        byte[] magic = MAGIC.getBytes(ISO_8859_1);
        return file.limit() >= offset + magic.length
                && file.slice(offset, magic.length).equals(ByteBuffer.wrap(magic));
    }

    private static ParquetFooter parse(CompactThrift footer) throws DamagedMetaException {
        long rows = -1;
        long inGroups = 0;
        boolean groups = false;
        footer.begin();
        for (int type = footer.nextField(); type != CompactThrift.STOP; type = footer.nextField()) {
            int field = footer.field();
            if (field == ROWS_OF_FILE && type == CompactThrift.I64) {
                rows = footer.zigzag();
            } else if (field == ROW_GROUPS && type == CompactThrift.LIST) {
                groups = true;
                for (int left = footer.listOfStructs(); left > 0; left--) {
                    inGroups = sum(inGroups, rowsOfGroup(footer));
                }
                // The fields of the groups were counted in between.
                footer.resume(field);
            } else {
                footer.skip(type);
            }
        }
        if (rows < 0 || !groups || rows != inGroups) {
            throw new DamagedMetaException(
                    "the Parquet footer says it has " + rows + " rows, and its row groups have " + inGroups);
        }
        return new ParquetFooter(rows);
    }

    private static long rowsOfGroup(CompactThrift footer) throws DamagedMetaException {
        long rows = -1;
        footer.begin();
        for (int type = footer.nextField(); type != CompactThrift.STOP; type = footer.nextField()) {
            if (footer.field() == ROWS_OF_GROUP && type == CompactThrift.I64) {
                rows = footer.zigzag();
            } else {
                footer.skip(type);
            }
        }
        return rows;
    }

    /** Rows so far and those of another row group or file; damaged where no file can have so many. */
    static long sum(long before, long more) throws DamagedMetaException {
        long total = before + more;
        if (more < 0 || total < 0) {
            throw new DamagedMetaException("the Parquet footer says it has " + more + " rows, after " + before);
        }
        return total;
    }
}
