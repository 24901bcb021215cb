package io.migrator.format.own;

import io.migrator.format.Copies;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code migrator/run.json}: how a complete backup was made.
 *
 * @param identity what the run worked on, as the job repository knows it
 * @param host name of the machine that finished it
 * @param transfer {@code server-side} or {@code streaming}
 * @param objects number of binlog files
 * @param bytes size of these files
 * @param rows rows before deletes
 * @param missing collections that were meant and are not in the backup
 * @param source bucket and root path of the Milvus that was backed up; empty in records of versions that did not tell
 * @param selection what was asked for, the same text for the same request; empty in records of versions that did not tell
 * @param series what the user calls the row of backups that this is one of; empty for none
 * @param tags words of the user's
 * @param sealed whether {@code migrator/seal.txt} was written after this
 * @param pool what it shares with others; null where all it has lies in its own directory
 * @param exported where it was copied from; null where it was made of Milvus itself
 */
public record RunRecord(
        String runId,
        String identity,
        String program,
        String version,
        String host,
        Instant startedAt,
        Instant finishedAt,
        @Nullable String sourceMilvusVersion,
        @Nullable String transfer,
        long objects,
        long bytes,
        long rows,
        List<Collection> collections,
        List<Missing> missing,
        String source,
        String selection,
        String series,
        List<String> tags,
        boolean sealed,
        @Nullable PoolShare pool,
        @Nullable Exported exported) {
    /** Of a backup that was made of Milvus itself. */
    public RunRecord(
            String runId,
            String identity,
            String program,
            String version,
            String host,
            Instant startedAt,
            Instant finishedAt,
            @Nullable String sourceMilvusVersion,
            @Nullable String transfer,
            long objects,
            long bytes,
            long rows,
            List<Collection> collections,
            List<Missing> missing,
            String source,
            String selection,
            String series,
            List<String> tags,
            boolean sealed,
            @Nullable PoolShare pool) {
        this(
                runId,
                identity,
                program,
                version,
                host,
                startedAt,
                finishedAt,
                sourceMilvusVersion,
                transfer,
                objects,
                bytes,
                rows,
                collections,
                missing,
                source,
                selection,
                series,
                tags,
                sealed,
                pool,
                null);
    }

    public RunRecord {
        runId = Copies.of(runId);
        identity = Copies.of(identity);
        program = Copies.of(program);
        version = Copies.of(version);
        host = Copies.of(host);
        startedAt = Copies.of(startedAt);
        finishedAt = Copies.of(finishedAt);
        collections = Copies.of(collections);
        missing = Copies.of(missing);
        source = Copies.of(source);
        selection = Copies.of(selection);
        series = Copies.of(series);
        tags = Copies.of(tags);
    }

    /** Whether all rows of its collections were asked for: neither the metas alone nor some partitions, as far as it tells. */
    public boolean ofAllRows() {
        return Stream.of(selection.split(" ", -1))
                .noneMatch(word -> word.startsWith("partition=") || word.startsWith("meta-only="));
    }

    /** Whether it has all rows of a collection; one without any tells so only where the request is told. */
    public boolean allRowsOf(Collection one) {
        return ofAllRows() && (one.objects() > 0 || !selection.isEmpty());
    }

    /**
     * The backup that another one was copied from.
     *
     * @param vault its bucket and root path
     * @param runId of the run that had made it
     */
    public record Exported(String backup, String vault, String runId) {
        public Exported {
            backup = Copies.of(backup);
            vault = Copies.of(vault);
            runId = Copies.of(runId);
        }
    }

    /** A collection that could not be backed up, and why. */
    public record Missing(String database, String name, String reason) {
        public Missing {
            database = Copies.of(database);
            name = Copies.of(name);
            reason = Copies.of(reason);
        }
    }

    /**
     * What the run copied of one collection.
     *
     * @param sealedAt the moment up to which the backup has the collection's rows; null where it is not of one moment
     * @param sealedTimestamp the same as a hybrid timestamp of Milvus: no row of the backup is younger, and the deletes in
     *     it that are younger do not belong to it; 0 where that is not known
     */
    public record Collection(
            String database,
            String name,
            long collectionId,
            long segments,
            long rows,
            long objects,
            long bytes,
            @Nullable Instant sealedAt,
            long sealedTimestamp) {
        public Collection {
            database = Copies.of(database);
            name = Copies.of(name);
        }
    }
}
