package io.migrator.format.log;

import io.migrator.format.DamagedMetaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the values of one column in one row group lie. Numbers of types and codecs are Parquet's own.
 *
 * @param column position among the columns
 * @param optional whether values may be null
 * @param offset of its first page in the file
 */
record ParquetChunk(int column, boolean optional, int type, int codec, long values, long offset) {
    static final int INT64 = 2;
    static final int BYTE_ARRAY = 6;

    private static final int OPTIONAL = 1;
    /** A delta log has two a row group; each is an object here and four bytes in the file. */
    private static final int MOST_CHUNKS = 100_000;

    /** All chunks of a file, row group by row group; empty where columns are nested or repeated. */
    static Optional<List<ParquetChunk>> all(CompactThrift footer) throws DamagedMetaException {
        List<Boolean> optional = new ArrayList<>();
        List<ParquetChunk> chunks = new ArrayList<>();
        boolean flat = true;
        footer.begin();
        for (int type = footer.nextField(); type != CompactThrift.STOP; type = footer.nextField()) {
            int field = footer.field();
            if (field == 2 && type == CompactThrift.LIST) {
                int elements = footer.listOfStructs();
                for (int i = 0; i < elements; i++) {
                    int[] element = numbers(footer, 5);
                    flat &= i == 0 || (element[5] == 0 && element[3] <= OPTIONAL);
                    optional.add(element[3] == OPTIONAL);
                }
                footer.resume(field);
            } else if (field == 4 && type == CompactThrift.LIST) {
                for (int groups = footer.listOfStructs(); groups > 0; groups--) {
                    group(footer, optional, chunks);
                }
                footer.resume(field);
            } else {
                footer.skip(type);
            }
        }
        return flat ? Optional.of(chunks) : Optional.empty();
    }

    private static void group(CompactThrift footer, List<Boolean> optional, List<ParquetChunk> chunks)
            throws DamagedMetaException {
        footer.begin();
        for (int type = footer.nextField(); type != CompactThrift.STOP; type = footer.nextField()) {
            int field = footer.field();
            if (field == 1 && type == CompactThrift.LIST) {
                int columns = footer.listOfStructs();
                for (int column = 0; column < columns; column++) {
                    if (column + 1 >= optional.size()) {
                        throw new DamagedMetaException(
                                "a row group of the Parquet file has more columns than its schema");
                    }
                    if (chunks.size() == MOST_CHUNKS) {
                        throw new DamagedMetaException(
                                "the Parquet file has more than %d column chunks".formatted(MOST_CHUNKS));
                    }
                    chunks.add(chunk(footer, column, optional.get(column + 1)));
                }
                footer.resume(field);
            } else {
                footer.skip(type);
            }
        }
    }

    private static ParquetChunk chunk(CompactThrift footer, int column, boolean optional) throws DamagedMetaException {
        long[] meta = new long[12];
        footer.begin();
        for (int type = footer.nextField(); type != CompactThrift.STOP; type = footer.nextField()) {
            int field = footer.field();
            if (field == 3 && type == CompactThrift.STRUCT) {
                meta = longs(footer, 11);
                footer.resume(field);
            } else {
                footer.skip(type);
            }
        }
        long offset = meta[11] > 0 ? Math.min(meta[11], meta[9]) : meta[9];
        return new ParquetChunk(column, optional, (int) meta[1], (int) meta[4], meta[5], offset);
    }

    /** The numbers of a structure by their fields, 0 where there is none; all else is passed over. */
    static int[] numbers(CompactThrift in, int lastField) throws DamagedMetaException {
        long[] wide = longs(in, lastField);
        int[] numbers = new int[wide.length];
        for (int i = 0; i < wide.length; i++) {
            numbers[i] = (int) wide[i];
        }
        return numbers;
    }

    private static long[] longs(CompactThrift in, int lastField) throws DamagedMetaException {
        long[] numbers = new long[lastField + 1];
        in.begin();
        for (int type = in.nextField(); type != CompactThrift.STOP; type = in.nextField()) {
            boolean number = type == CompactThrift.I32 || type == CompactThrift.I64;
            if (number && in.field() > 0 && in.field() <= lastField) {
                numbers[in.field()] = in.zigzag();
            } else {
                in.skip(type);
            }
        }
        return numbers;
    }
}
