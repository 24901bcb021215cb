package io.migrator.format.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.migrator.format.DamagedMetaException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values in logs by which rows and deletes are told apart: primary keys and timestamps. */
public final class KeyLog {
    /** Lists of so many fit into a heap of 512 MB; Milvus cuts logs far below. */
    private static final long MOST_ROWS = 1 << 20;

    private KeyLog() {}

    /**
     * The values of a field in their order, each a Long or a String; empty where the log is encrypted, too long or of a
     * form that is not known here, as column groups are.
     *
     * @param content a whole insert log of whole numbers or texts
     */
    public static Optional<List<Object>> values(byte[] content) throws DamagedMetaException {
        if (ParquetFooter.magicAt(ByteBuffer.wrap(content), 0)) {
            return Optional.empty();
        }
        BinlogFile file = BinlogFile.parse(content);
        if (file.encrypted() || file.rows() > MOST_ROWS) {
            return Optional.empty();
        }
        Values values = new Values();
        for (BinlogEvent event : file.events()) {
            if (!ParquetValues.read(event.payload(), values)) {
                return Optional.empty();
            }
        }
        return values.read.size() == file.rows() ? Optional.of(values.read) : Optional.empty();
    }

    /**
     * The deletes of a delta log: the latest time of each key, a Long or a String; empty as {@link #values}.
     *
     * @param content a whole object
     */
    public static Optional<Map<Object, Long>> deletes(byte[] content) throws DamagedMetaException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        if (ParquetFooter.magicAt(bytes, 0)) {
            return deletes(bytes);
        }
        BinlogFile file = BinlogFile.parse(content);
        Map<Object, Long> all = new HashMap<>();
        for (BinlogEvent event : file.encrypted() ? List.<BinlogEvent>of() : file.events()) {
            Optional<Map<Object, Long>> some = deletes(event.payload());
            if (some.isEmpty()) {
                return some;
            }
            some.get().forEach((key, time) -> all.merge(key, time, Math::max));
        }
        return file.encrypted() ? Optional.empty() : Optional.of(all);
    }

    private static Optional<Map<Object, Long>> deletes(ByteBuffer parquet) throws DamagedMetaException {
        long rows = ParquetFooter.read(parquet).rows();
        return rows > MOST_ROWS ? Optional.empty() : DeltaEntries.latestByKey(parquet, rows);
    }

    static String text(ByteBuffer bytes) {
        return UTF_8.decode(bytes).toString();
    }

    /** Of the one column of an insert log. */
    private static final class Values implements ParquetValues.Sink {
        private final List<Object> read = new ArrayList<>();

        @Override
        public void columns(int count) throws DamagedMetaException {
            if (count != 1) {
                throw new DamagedMetaException("an insert log of " + count + " columns");
            }
        }

        @Override
        public void number(int column, long value) {
            read.add(value);
        }

        @Override
        public void bytes(int column, ByteBuffer value) {
            read.add(text(value));
        }
    }
}
