package io.migrator.fake.data;

import io.migrator.format.DamagedMetaException;
import io.migrator.format.log.BinlogEvent;
import io.migrator.format.log.BinlogFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the files of a segment, of this double or of a real Milvus. */
public final class SegmentReader {
    private final Function<String, byte[]> read;

    /** @param read gives the content of an object */
    public SegmentReader(Function<String, byte[]> read) {
        this.read = read;
    }

    /**
     * The files below a segment by their directory, in the order in which they belong together.
     *
     * @throws NumberFormatException where a directory or a file has no number for a name
     */
    static SortedMap<Long, List<String>> byGroup(Stream<String> keys) {
        SortedMap<Long, List<String>> groups = new TreeMap<>();
        keys.forEach(key -> {
            String[] elements = key.split("/");
            groups.computeIfAbsent(Long.valueOf(elements[elements.length - 2]), any -> new ArrayList<>())
                    .add(key);
        });
        groups.values().forEach(files -> files.sort(Comparator.comparingLong(SegmentReader::logId)));
        return groups;
    }

    static long logId(String key) {
        return Long.parseLong(key.substring(key.lastIndexOf('/') + 1));
    }

    /** @throws IllegalArgumentException where a file cannot be read, as encrypted ones */
    public SegmentData rows(SortedMap<Long, List<String>> groups) {
        SortedMap<Long, FieldColumn> columns = new TreeMap<>();
        groups.forEach((group, keys) -> keys.forEach(key -> file(group, read.apply(key), columns)));
        return new SegmentData(columns);
    }

    public List<Deletion> deletions(Stream<String> keys) {
        return keys.flatMap(key -> DeltaLogs.read(read.apply(key)).stream()).toList();
    }

    private static void file(long group, byte[] content, SortedMap<Long, FieldColumn> columns) {
        if (!Envelope.is(content)) {
            for (Column column : ParquetIn.read(ByteBuffer.wrap(content))) {
                append(column.fieldId() >= 0 ? column.fieldId() : Long.parseLong(column.name()), -1, column, columns);
            }
            return;
        }
        try {
            BinlogFile file = BinlogFile.parse(content);
            for (BinlogEvent event : file.events()) {
                if (event.type() != BinlogEvent.INSERT) {
                    throw new IllegalArgumentException(
                            "wrong binlog type, expect:InsertBinlog, actual:" + event.type());
                }
                append(
                        group,
                        file.payloadType(),
                        ParquetIn.read(event.payload()).get(0),
                        columns);
            }
        } catch (DamagedMetaException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static void append(long field, int dataType, Column column, SortedMap<Long, FieldColumn> columns) {
        columns.computeIfAbsent(field, any -> new FieldColumn(dataType, column.type(), new ArrayList<>()))
                .values()
                .addAll(column.values());
    }
}
