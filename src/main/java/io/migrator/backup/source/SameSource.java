package io.migrator.backup.source;

import io.migrator.backup.state.SourceIds;
import io.migrator.batch.JobContext;
import io.migrator.batch.Resume;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.own.Marker;
import io.migrator.format.own.RunRecord;
import io.migrator.milvus.MilvusSource;
import io.migrator.vault.Origin;

/**
 * Tells whether a backup is of the Milvus that is configured now. Its address says nothing: hosts, ports and proxies change,
 * and another Milvus may come to be reached by the same. Bucket, root path and the collections' ids stay.
 */
public final class SameSource implements Origin {
    private final JobContext context;
    private final MilvusSource milvus;

    public SameSource(JobContext context, MilvusSource milvus) {
        this.context = context;
        this.milvus = milvus;
    }

    /** How markers and records name a Milvus. */
    public static String of(StorageConfig storage) {
        return storage.place();
    }

    @Override
    public String job() {
        return "backup";
    }

    @Override
    public String parameter() {
        return "name";
    }

    /** What had to be left out the next run tries again. */
    @Override
    public boolean isDone(RunRecord record) {
        return record.missing().isEmpty();
    }

    @Override
    public String now() {
        return of(context.config().milvusStorage());
    }

    /** CONFLICT where a backup that was written is not of this Milvus, or of other collections of the same names. */
    @Override
    public void requireUnchanged(RunRecord record) {
        require(record);
        SourceIds ids = new SourceIds(milvus);
        for (RunRecord.Collection collection : record.collections()) {
            Long id = ids.of(collection.database(), collection.name());
            if (id != null && id != collection.collectionId()) {
                throw other(
                        "a backup of that name is there, but its collection %s.%s has the id %d, and in this Milvus that name has %d:"
                                        .formatted(
                                                collection.database(), collection.name(), collection.collectionId(), id)
                                + " it was dropped and created again, or this is another Milvus");
            }
        }
    }

    /** CONFLICT where a backup that was written is of a Milvus with another bucket or root path. */
    @Override
    public void require(RunRecord record) {
        if (differs(record.source())) {
            throw other(
                    "a backup of that name is there, of the Milvus whose files are in %s, but the configuration says %s"
                            .formatted(record.source(), now()));
        }
    }

    /** RESUME_REFUSED where a run that did not end backed up from another bucket or root path, unless told to go on. */
    @Override
    public void require(Marker marker) {
        if (differs(marker) && Resume.of(context) == Resume.AUTO) {
            throw Resume.refused(
                    context.name(),
                    "it was begun with the Milvus whose files are in %s, but the configuration says %s"
                            .formatted(marker.source(), now()),
                    "goes on if it is the same Milvus, with the same collections",
                    "begins anew with the one configured now");
        }
    }

    @Override
    public boolean differs(Marker marker) {
        return differs(marker.source());
    }

    private boolean differs(String source) {
        return !source.isEmpty() && !source.equals(now());
    }

    private MigratorException other(String cause) {
        return MigratorException.unable(
                Failure.CONFLICT,
                "back up to",
                context.name(),
                cause,
                "Choose another name=, or delete that backup first (delete -n " + context.name() + ").");
    }
}
