package io.migrator.fake.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes Parquet as simple as readers accept it: one row group, one page a column, plain and not compressed. */
final class ParquetOut {
    private static final byte[] MAGIC = "PAR1".getBytes(ISO_8859_1);
    private static final int PLAIN = 0;
    private static final int RLE = 3;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Consumer<ThriftOut>> chunks = new ArrayList<>();
    private long chunkBytes;

    private ParquetOut() {}

    /** A whole file of columns that have equally many rows. */
    static byte[] file(List<Column> columns) {
        int rows = columns.get(0).rows();
        if (columns.stream().anyMatch(column -> column.rows() != rows)) {
            throw new IllegalArgumentException("columns of unequal length");
        }
        ParquetOut file = new ParquetOut();
        file.out.writeBytes(MAGIC);
        columns.forEach(file::column);
        byte[] footer = file.footer(columns, rows);
        file.out.writeBytes(footer);
        file.out.writeBytes(littleEndian(Integer.BYTES).putInt(footer.length).array());
        file.out.writeBytes(MAGIC);
        return file.out.toByteArray();
    }

    private void column(Column column) {
        byte[] page = page(column);
        byte[] head = ThriftOut.struct(header -> header.i32(1, 0)
                .i32(2, page.length)
                .i32(3, page.length)
                .struct(5, data -> data.i32(1, column.rows())
                        .i32(2, PLAIN)
                        .i32(3, RLE)
                        .i32(4, RLE)));
        long offset = out.size();
        long bytes = (long) head.length + page.length;
        chunkBytes += bytes;
        chunks.add(chunk -> chunk.i64(2, offset)
                .struct(3, meta -> meta.i32(1, column.type().physical().number)
                        .i32s(2, List.of(PLAIN, RLE))
                        .texts(3, List.of(column.name()))
                        .i32(4, 0)
                        .i64(5, column.rows())
                        .i64(6, bytes)
                        .i64(7, bytes)
                        .i64(9, offset)));
        out.writeBytes(head);
        out.writeBytes(page);
    }

    private byte[] footer(List<Column> columns, int rows) {
        List<Consumer<ThriftOut>> schema = new ArrayList<>();
        schema.add(root -> root.i32(3, 0).text(4, "schema").i32(5, columns.size()));
        columns.forEach(column -> schema.add(element -> element(element, column)));
        return ThriftOut.struct(file -> file.i32(1, 2)
                .structs(2, schema)
                .i64(3, rows)
                .structs(4, List.of(group -> group.structs(1, chunks)
                        .i64(2, chunkBytes)
                        .i64(3, rows)))
                .text(6, "migrator-fake"));
    }

    private static void element(ThriftOut out, Column column) {
        ColumnType type = column.type();
        out.i32(1, type.physical().number);
        if (type.physical() == ColumnType.Physical.FIXED) {
            out.i32(2, type.width());
        }
        out.i32(3, type.optional() ? 1 : 0).text(4, column.name());
        if (type.converted() >= 0) {
            out.i32(6, type.converted());
        }
        if (column.fieldId() >= 0) {
            out.i32(9, column.fieldId());
        }
    }

    private static byte[] page(Column column) {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        if (column.type().optional()) {
            byte[] levels = levels(column.values());
            page.writeBytes(littleEndian(Integer.BYTES).putInt(levels.length).array());
            page.writeBytes(levels);
        }
        List<Object> present = new ArrayList<>();
        column.values().stream().filter(value -> value != null).forEach(present::add);
        if (column.type().physical() == ColumnType.Physical.BOOLEAN) {
            page.writeBytes(bits(present));
        } else {
            present.forEach(value -> page.writeBytes(plain(column.type(), value)));
        }
        return page.toByteArray();
    }

    /** Runs of 1 (a value) and 0 (null), each a length and a byte. */
    private static byte[] levels(List<@Nullable Object> values) {
        ByteArrayOutputStream runs = new ByteArrayOutputStream();
        int at = 0;
        while (at < values.size()) {
            boolean present = values.get(at) != null;
            int end = at;
            while (end < values.size() && (values.get(end) != null) == present) {
                end++;
            }
            int head = (end - at) << 1;
            for (; head >= 0x80; head >>>= 7) {
                runs.write(head & 0x7f | 0x80);
            }
            runs.write(head);
            runs.write(present ? 1 : 0);
            at = end;
        }
        return runs.toByteArray();
    }

    private static byte[] bits(List<Object> values) {
        byte[] bits = new byte[(values.size() + 7) / 8];
        for (int i = 0; i < values.size(); i++) {
            if ((Boolean) values.get(i)) {
                bits[i / 8] |= (byte) (1 << i % 8);
            }
        }
        return bits;
    }

    private static byte[] plain(ColumnType type, Object value) {
        return switch (type.physical()) {
            case INT32 -> littleEndian(4).putInt((Integer) value).array();
            case INT64 -> littleEndian(8).putLong((Long) value).array();
            case FLOAT -> littleEndian(4).putFloat((Float) value).array();
            case DOUBLE -> littleEndian(8).putDouble((Double) value).array();
            case FIXED -> fixed(type, (byte[]) value);
            case BYTES -> {
                byte[] bytes = (byte[]) value;
                yield littleEndian(4 + bytes.length)
                        .putInt(bytes.length)
                        .put(bytes)
                        .array();
            }
            case BOOLEAN -> throw new IllegalArgumentException("booleans are written as bits");
        };
    }

    private static byte[] fixed(ColumnType type, byte[] value) {
        if (value.length != type.width()) {
            throw new IllegalArgumentException(value.length + " bytes in a column of " + type.width());
        }
        return value;
    }

    static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
