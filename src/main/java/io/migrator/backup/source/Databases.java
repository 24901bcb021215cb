package io.migrator.backup.source;

import io.migrator.batch.JobContext;
import io.migrator.failure.Expected;
import io.migrator.failure.Failure;
import io.migrator.format.meta.DatabaseInfo;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.read.EncryptionKeys;
import java.util.List;

/** Describes the databases a backup touches. What is secret of them is asked for when it is written, and kept nowhere. */
public final class Databases {
    private final MilvusSource source;
    private final EncryptionKeys keys;

    public Databases(JobContext context, MilvusSource source) {
        this.source = source;
        this.keys = new EncryptionKeys(context.config().backup().gcPauseAddress());
    }

    /** Those that are gone by now by their names alone: their collections have told it already. */
    public List<DatabaseInfo> describe(List<String> names) {
        return names.stream().map(this::describe).toList();
    }

    private DatabaseInfo describe(String name) {
        return Expected.unless(Failure.NOT_FOUND, () -> keys.with(source.describeDatabase(name)))
                .orElseGet(() -> new DatabaseInfo(name, 0, List.of(), null));
    }
}
