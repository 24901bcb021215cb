package io.migrator.verify;

import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.own.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The latest time that rows of a collection can have, as Milvus counts: milliseconds shifted left by 18 bits. Generous,
 * for rows may have come in while the backup was made, and clocks differ; a number that is no time is far away.
 */
final class LatestTime implements LongUnaryOperator {
    private static final Duration SLACK = Duration.ofDays(1);
    private static final int LOGICAL_BITS = 18;

    private final Map<Long, Long> byCollection;
    private final long otherwise;

    /** @param run null where migrator did not make the backup */
    LatestTime(List<CollectionInfo> collections, @Nullable RunRecord run, Instant now) {
        long finished = run == null ? 0 : run.finishedAt().toEpochMilli();
        this.otherwise = hybrid(now.toEpochMilli());
        this.byCollection = collections.stream()
                .collect(Collectors.toMap(
                        CollectionInfo::collectionId, collection -> latest(collection, finished, otherwise)));
    }

    private static long latest(CollectionInfo collection, long finished, long otherwise) {
        long flushed = collection.backupTimestamp() >>> LOGICAL_BITS;
        long known = Math.max(Math.max(flushed, collection.sealTime() * 1000), finished);
        return known == 0 ? otherwise : hybrid(known);
    }

    private static long hybrid(long millis) {
        return (millis + SLACK.toMillis()) << LOGICAL_BITS;
    }

    @Override
    public long applyAsLong(long collection) {
        return byCollection.getOrDefault(collection, otherwise);
    }
}
