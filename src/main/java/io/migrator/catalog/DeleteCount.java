package io.migrator.catalog;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.log.DeltaLog;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.store.ObjectStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * How many delete entries the delta logs of segments hold. An entry names one primary key; its row may lie in another
 * segment, or have been deleted before: the entries of a segment are the most it can lose, not what it loses.
 *
 * @param bySegment entries by segment id, of segments that have delta logs; empty where they were not counted
 * @param unknownBecause why they were not counted; empty where they were
 */
public record DeleteCount(Map<Long, Long> bySegment, String unknownBecause) {
    private static final int AT_ONCE = 8;
    private static final long MOST_BYTES = 1L << 30;
    private static final int MEBIBYTE = 1 << 20;
    /** Milvus cuts a delta log at 16 MiB of memory; compaction may join some. */
    private static final int MOST_MEBIBYTES_EACH = 64;
    /** What may lie in memory at the same time: a restore has to do with a heap of 512 MB. */
    private static final int MEBIBYTES_AT_ONCE = 96;

    public DeleteCount {
        bySegment = Map.copyOf(bySegment);
    }

    public boolean known() {
        return unknownBecause.isEmpty();
    }

    /**
     * Reads the delta logs of the segments, several at once. Does not begin where they are more than a GiB, which would
     * take longer than a check should.
     *
     * @throws MigratorException CORRUPT with the key of a delta log that cannot be read as one
     */
    public static DeleteCount read(ObjectStore vault, VaultLayout layout, Collection<SegmentInfo> segments) {
        List<Log> logs = segments.stream()
                .flatMap(segment -> layout.deltaFiles(segment).map(file -> new Log(segment.segmentId(), file)))
                .toList();
        long bytes = logs.stream().mapToLong(log -> log.file().size()).sum();
        boolean large = logs.stream().anyMatch(log -> log.mebibytes() > MOST_MEBIBYTES_EACH);
        if (bytes > MOST_BYTES || large) {
            return unknown("%d MiB of delta logs are too much to read".formatted(bytes / MEBIBYTE));
        }
        return logs.isEmpty() ? new DeleteCount(Map.of(), "") : count(vault, logs);
    }

    private static DeleteCount unknown(String why) {
        return new DeleteCount(Map.of(), why);
    }

    private record Log(long segmentId, VaultFile file) {
        int mebibytes() {
            return (int) Math.min(Integer.MAX_VALUE, file.size() / MEBIBYTE + 1);
        }
    }

    private static DeleteCount count(ObjectStore vault, List<Log> logs) {
        Semaphore memory = new Semaphore(MEBIBYTES_AT_ONCE);
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(AT_ONCE, logs.size()));
        try {
            List<Future<OptionalLong>> reads = new ArrayList<>();
            logs.forEach(log -> reads.add(pool.submit(() -> entries(vault, log, memory))));
            Map<Long, Long> bySegment = new HashMap<>();
            for (int i = 0; i < reads.size(); i++) {
                OptionalLong entries = reads.get(i).get();
                if (entries.isEmpty()) {
                    return unknown("delta logs are encrypted");
                }
                bySegment.merge(logs.get(i).segmentId(), entries.getAsLong(), Long::sum);
            }
            return new DeleteCount(bySegment, "");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof MigratorException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigratorException(Failure.STOPPED, "stopped while delete entries were counted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static OptionalLong entries(ObjectStore vault, Log log, Semaphore memory) throws InterruptedException {
        memory.acquire(log.mebibytes());
        try {
            return DeltaLog.entries(
                    vault.read(log.file().key(), Math.toIntExact(log.file().size())));
        } catch (DamagedMetaException e) {
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "count the deletes in",
                    log.file().key(),
                    "it is damaged: " + e.getMessage(),
                    "Bring the object back from a copy of the vault, or use another backup.",
                    e);
        } finally {
            memory.release(log.mebibytes());
        }
    }
}
