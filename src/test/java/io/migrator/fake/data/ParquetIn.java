package io.migrator.fake.data;

import io.airlift.compress.zstd.ZstdDecompressor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads flat Parquet files whole: those of {@link ParquetOut}, and those of Milvus (ZSTD, dictionaries, several row
 * groups). Not for files that could be hostile: it trusts their lengths.
 */
final class ParquetIn {
    private static final int TAIL = 8;
    private static final int PLAIN_CODEC = 0;
    private static final int ZSTD_CODEC = 6;
    private static final int DICTIONARY_PAGE = 2;
    private static final int DATA_PAGE = 0;

    private final ByteBuffer file;

    private ParquetIn(ByteBuffer file) {
        this.file = file;
    }

    /** All columns in the file's order; the buffer is left as it is. */
    static List<Column> read(ByteBuffer content) {
        ByteBuffer file = content.slice().order(ByteOrder.LITTLE_ENDIAN);
        int footerBytes = file.getInt(file.limit() - TAIL);
        ThriftIn footer = ThriftIn.read(file.slice(file.limit() - TAIL - footerBytes, footerBytes));
        List<ThriftIn> schema = footer.structs(2);
        List<ThriftIn> groups = footer.has(4) ? footer.structs(4) : List.of();
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i < schema.size(); i++) {
            ThriftIn element = schema.get(i);
            ColumnType type = type(element);
            List<@Nullable Object> values = new ArrayList<>();
            for (ThriftIn group : groups) {
                new ParquetIn(file).chunk(group.structs(1).get(i - 1).struct(3), type, values);
            }
            columns.add(new Column(element.text(4), element.has(9) ? element.integer(9) : -1, type, values));
        }
        return columns;
    }

    private static ColumnType type(ThriftIn element) {
        return new ColumnType(
                ColumnType.Physical.of(element.integer(1)),
                element.has(2) ? element.integer(2) : 0,
                element.has(6) ? element.integer(6) : -1,
                element.integer(3) == 1);
    }

    private void chunk(ThriftIn meta, ColumnType type, List<@Nullable Object> values) {
        int codec = meta.integer(4);
        long left = meta.number(5);
        long offset = meta.has(11) && meta.number(11) > 0 ? meta.number(11) : meta.number(9);
        ByteBuffer at = file.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(Math.toIntExact(offset));
        List<Object> dictionary = List.of();
        while (left > 0) {
            ThriftIn head = ThriftIn.read(at);
            byte[] stored = new byte[head.integer(3)];
            at.get(stored);
            ByteBuffer page =
                    ByteBuffer.wrap(plain(codec, stored, head.integer(2))).order(ByteOrder.LITTLE_ENDIAN);
            int kind = head.integer(1);
            if (kind == DICTIONARY_PAGE) {
                dictionary = PageValues.plain(page, type, head.struct(7).integer(1));
            } else if (kind == DATA_PAGE) {
                ThriftIn data = head.struct(5);
                values.addAll(PageValues.read(page, type, data.integer(1), data.integer(2), dictionary));
                left -= data.integer(1);
            } else {
                throw new IllegalArgumentException("a Parquet page of kind " + kind);
            }
        }
    }

    private static byte[] plain(int codec, byte[] stored, int size) {
        if (codec == PLAIN_CODEC) {
            return stored;
        }
        if (codec != ZSTD_CODEC) {
            throw new IllegalArgumentException("a Parquet column of the codec " + codec);
        }
        byte[] plain = new byte[size];
        new ZstdDecompressor().decompress(stored, 0, stored.length, plain, 0, size);
        return plain;
    }
}
