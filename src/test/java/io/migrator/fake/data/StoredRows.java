package io.migrator.fake.data;

import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.model.ServerModel;
import io.milvus.grpc.SegmentState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows that the files of a double's segments stand for, with deletes applied as Milvus does: those of a segment's own
 * delta logs to its rows, those of an L0 segment to all rows of its partition, or of the collection.
 */
public record StoredRows(ServerModel server) {
    private static final int MOST_BYTES = 1 << 30;
    private static final long ALL_PARTITIONS = -1;

    /** All flushed rows of the collection. */
    public RowDigest digest(CollectionModel collection) {
        return digest(collection, List.of());
    }

    /** @param partitions all where there is none */
    public RowDigest digest(CollectionModel collection, List<String> partitions) {
        Set<Long> wanted = partitions.stream()
                .map(name -> collection.requirePartition(name).id())
                .collect(Collectors.toSet());
        long key = FieldList.primaryKey(collection.schema()).getFieldID();
        List<SegmentModel> flushed = collection.segments().stream()
                .filter(segment -> segment.state() == SegmentState.Flushed)
                .toList();
        Map<Long, List<Deletion>> level0 = new HashMap<>();
        flushed.stream().filter(SegmentModel::levelZero).forEach(segment -> level0.computeIfAbsent(
                        segment.place().partition(), any -> new ArrayList<>())
                .addAll(deletions(segment)));
        RowDigest digest = RowDigest.NONE;
        for (SegmentModel segment : flushed) {
            boolean asked = wanted.isEmpty() || wanted.contains(segment.place().partition());
            if (asked && !segment.levelZero()) {
                List<Deletion> deletions = new ArrayList<>(deletions(segment));
                deletions.addAll(level0.getOrDefault(segment.place().partition(), List.of()));
                deletions.addAll(level0.getOrDefault(ALL_PARTITIONS, List.of()));
                SegmentData rows = reader().rows(inserts(segment));
                digest = digest.plus(RowDigest.of(rows.without(deletions, key, 0, Long.MAX_VALUE)));
            }
        }
        return digest;
    }

    private SortedMap<Long, List<String>> inserts(SegmentModel segment) {
        SortedMap<Long, List<String>> keys = new TreeMap<>();
        segment.inserts()
                .forEach(group -> keys.put(
                        group.fieldId(),
                        group.logIds().stream()
                                .map(log -> server.keys().insertLog(segment.place(), group.fieldId(), log))
                                .toList()));
        return keys;
    }

    private List<Deletion> deletions(SegmentModel segment) {
        Stream<String> keys = segment.deltas().stream().flatMap(files -> files.logIds().stream()
                .map(log -> server.keys().deltaLog(segment.place(), log)));
        return reader().deletions(keys);
    }

    private SegmentReader reader() {
        return new SegmentReader(key -> server.store().read(key, MOST_BYTES));
    }
}
