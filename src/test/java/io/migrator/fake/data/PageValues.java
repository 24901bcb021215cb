package io.migrator.fake.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes the values of a Parquet page that is no longer compressed. */
final class PageValues {
    private static final int PLAIN = 0;
    private static final int RLE = 3;

    private PageValues() {}

    /** @param encoding plain, or references to the dictionary (2 and 8), or for booleans run lengths (3) */
    static List<@Nullable Object> read(
            ByteBuffer page, ColumnType type, int rows, int encoding, List<Object> dictionary) {
        int[] levels = null;
        int present = rows;
        if (type.optional()) {
            levels = levels(page, rows);
            present = 0;
            for (int level : levels) {
                present += level;
            }
        }
        List<Object> values = encoding == PLAIN
                ? plain(page, type, present)
                : encoding == RLE ? flags(page, present) : references(page, present, dictionary);
        if (levels == null) {
            return new ArrayList<>(values);
        }
        List<@Nullable Object> all = new ArrayList<>(rows);
        int next = 0;
        for (int level : levels) {
            all.add(level == 0 ? null : values.get(next++));
        }
        return all;
    }

    static List<Object> plain(ByteBuffer page, ColumnType type, int count) {
        List<Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(
                    switch (type.physical()) {
                        case BOOLEAN -> (page.get(page.position() + i / 8) >> i % 8 & 1) == 1;
                        case INT32 -> page.getInt();
                        case INT64 -> page.getLong();
                        case FLOAT -> page.getFloat();
                        case DOUBLE -> page.getDouble();
                        case BYTES -> bytes(page, page.getInt());
                        case FIXED -> bytes(page, type.width());
                    });
        }
        return values;
    }

    private static byte[] bytes(ByteBuffer page, int length) {
        byte[] value = new byte[length];
        page.get(value);
        return value;
    }

    private static int[] levels(ByteBuffer page, int rows) {
        int length = page.getInt();
        int[] levels = hybrid(page.slice(page.position(), length), 1, rows);
        page.position(page.position() + length);
        return levels;
    }

    private static List<Object> flags(ByteBuffer page, int count) {
        int length = page.getInt();
        List<Object> flags = new ArrayList<>(count);
        for (int bit : hybrid(page.slice(page.position(), length), 1, count)) {
            flags.add(bit == 1);
        }
        return flags;
    }

    private static List<Object> references(ByteBuffer page, int count, List<Object> dictionary) {
        if (count == 0) {
            return Collections.emptyList();
        }
        int width = page.get();
        List<Object> values = new ArrayList<>(count);
        for (int index : hybrid(page, width, count)) {
            values.add(dictionary.get(index));
        }
        return values;
    }

    /** Parquet's mixture of runs (an even head) and groups of eight packed numbers (an odd one). */
    private static int[] hybrid(ByteBuffer in, int width, int count) {
        int[] values = new int[count];
        int at = 0;
        while (at < count) {
            long head = ThriftIn.varint(in);
            if ((head & 1) == 0) {
                int value = 0;
                for (int i = 0; i < (width + 7) / 8; i++) {
                    value |= (in.get() & 0xff) << 8 * i;
                }
                for (long left = head >>> 1; left > 0 && at < count; left--) {
                    values[at++] = value;
                }
            } else {
                int groupBytes = Math.toIntExact((head >>> 1) * width);
                int first = in.position();
                for (long i = 0; i < (head >>> 1) * 8 && at < count; i++) {
                    values[at++] = packed(in, first, i * width, width);
                }
                in.position(Math.min(in.limit(), first + groupBytes));
            }
        }
        return values;
    }

    private static int packed(ByteBuffer in, int first, long bit, int width) {
        int value = 0;
        for (int i = 0; i < width; i++) {
            long from = bit + i;
            value |= (in.get(first + (int) (from / 8)) >> (int) (from % 8) & 1) << i;
        }
        return value;
    }
}
