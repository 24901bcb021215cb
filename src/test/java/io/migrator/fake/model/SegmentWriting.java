package io.migrator.fake.model;

import io.milvus.grpc.SegmentLevel;
import io.milvus.grpc.SegmentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Brings segments into the bucket and the model, as a data node does. */
public final class SegmentWriting {
    private final ServerModel server;

    public SegmentWriting(ServerModel server) {
        this.server = server;
    }

    /** What a segment is to be, apart from its files. */
    public record Kind(SegmentLevel level, boolean sorted, long storageVersion, int shard) {
        /** An ordinary one of the first shard, a file a field. */
        public static final Kind PLAIN = new Kind(SegmentLevel.L1, false, 0, 0);

        /** Deletes only. */
        public static final Kind DELETES = new Kind(SegmentLevel.L0, false, 0, 0);

        /** A file a column group. */
        public static final Kind COLUMN_GROUPS = new Kind(SegmentLevel.L1, true, 2, 0);

        public Kind onShard(int otherShard) {
            return new Kind(level, sorted, storageVersion, otherShard);
        }
    }

    /**
     * A new flushed segment whose objects lie in the bucket when this returns.
     *
     * @param partitionId -1 for deletes of all partitions
     */
    public SegmentModel flushed(CollectionModel collection, long partitionId, Kind kind, SegmentFiles files) {
        SegmentModel segment = write(empty(collection, partitionId, kind), files, SegmentState.Flushed);
        collection.put(segment);
        return segment;
    }

    /** A new segment whose rows are in memory only; a flush writes them. */
    public SegmentModel growing(
            CollectionModel collection, long partitionId, Kind kind, long rows, SegmentFiles files) {
        SegmentModel empty = empty(collection, partitionId, kind);
        SegmentModel segment = new SegmentModel(
                empty.place(),
                rows,
                SegmentState.Growing,
                empty.level(),
                empty.sorted(),
                empty.storageVersion(),
                empty.channel(),
                List.of(),
                List.of(),
                List.of());
        collection.flushing().growing().put(segment.id(), files);
        collection.put(segment);
        return segment;
    }

    /** Seals what grows; the ids of the segments that are to be written. */
    public List<Long> seal(CollectionModel collection) {
        List<Long> sealed = new ArrayList<>();
        for (Long id : new TreeMap<>(collection.flushing().growing()).keySet()) {
            collection.segment(id).ifPresent(segment -> {
                collection.put(segment.in(SegmentState.Sealed));
                sealed.add(id);
            });
        }
        return sealed;
    }

    /** Writes the sealed segments and calls them flushed. */
    public void finishFlush(CollectionModel collection) {
        Map<Long, SegmentFiles> growing = collection.flushing().growing();
        for (Long id : List.copyOf(growing.keySet())) {
            collection
                    .segment(id)
                    .filter(segment -> segment.state() == SegmentState.Sealed)
                    .ifPresent(segment -> {
                        SegmentFiles files = growing.remove(id);
                        if (files != null) {
                            collection.put(write(segment, files, SegmentState.Flushed));
                        }
                    });
        }
    }

    private SegmentModel empty(CollectionModel collection, long partitionId, Kind kind) {
        return new SegmentModel(
                new SegmentPlace(collection.id(), partitionId, server.ids().next()),
                0,
                SegmentState.Growing,
                kind.level(),
                kind.sorted(),
                kind.storageVersion(),
                collection.channels().get(kind.shard() % collection.channels().size()),
                List.of(),
                List.of(),
                List.of());
    }

    private SegmentModel write(SegmentModel segment, SegmentFiles files, SegmentState state) {
        SegmentPlace place = segment.place();
        SegmentContent content = files.at(place);
        List<LogFiles> inserts = new ArrayList<>();
        new TreeMap<>(content.inserts())
                .forEach((field, bodies) ->
                        inserts.add(write(field, bodies, log -> server.keys().insertLog(place, field, log))));
        List<LogFiles> stats = new ArrayList<>();
        new TreeMap<>(content.stats())
                .forEach((field, bodies) ->
                        stats.add(write(field, bodies, log -> server.keys().statsLog(place, field, log))));
        List<LogFiles> deltas = content.deltas().isEmpty()
                ? List.of()
                : List.of(write(0, content.deltas(), log -> server.keys().deltaLog(place, log)));
        return new SegmentModel(
                place,
                content.rows(),
                state,
                segment.level(),
                segment.sorted(),
                segment.storageVersion(),
                segment.channel(),
                inserts,
                deltas,
                stats);
    }

    private interface KeyOfLog {
        String key(long log);
    }

    private LogFiles write(long field, List<byte[]> bodies, KeyOfLog keys) {
        List<Long> logs = new ArrayList<>();
        for (byte[] body : bodies) {
            long log = server.ids().next();
            server.store().write(keys.key(log), body);
            logs.add(log);
        }
        return new LogFiles(field, List.copyOf(logs));
    }
}
