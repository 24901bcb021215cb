package io.migrator.backup.plan;

import io.migrator.backup.state.BackupState;
import io.migrator.backup.state.CollectionFaults;
import io.migrator.backup.state.FrozenCollection;
import io.migrator.backup.state.SourceIds;
import io.migrator.batch.JobContext;
import io.migrator.batch.Resume;
import io.migrator.batch.WorkerPool;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.schema.SchemaDiff;
import io.migrator.milvus.schema.SchemaDifference;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of the frozen list of collections since an earlier run: those of which something is still to be asked or
 * copied must be there as they were, or the run is told what to do instead.
 */
public final class SourceChanges {
    private final JobContext context;
    private final MilvusSource source;
    private final BackupState state;
    private final CollectionFaults faults;
    private final WorkerPool workers;

    public SourceChanges(
            JobContext context, MilvusSource source, BackupState state, CollectionFaults faults, WorkerPool workers) {
        this.context = context;
        this.source = source;
        this.state = state;
        this.faults = faults;
        this.workers = workers;
    }

    /** @param moved whether the configuration names another bucket or root path than the one the backup began with */
    public void settle(boolean moved) {
        SourceIds ids = new SourceIds(source);
        if (moved) {
            state.collections().all().forEach(collection -> requireSame(collection, ids));
        }
        for (FrozenCollection collection : state.collections().unfinished()) {
            Long id = ids.of(collection.database(), collection.name());
            if (id == null) {
                spare(collection, vanished(collection));
            } else if (id != collection.id() && forced()) {
                replace(collection, id);
            } else if (id != collection.id()) {
                spare(collection, SchemaSteps.replaced(collection, id));
            }
        }
        settleSchemas();
    }

    private void replace(FrozenCollection collection, long id) {
        Set<Long> others =
                state.collections().all().stream().map(FrozenCollection::id).collect(Collectors.toSet());
        if (others.contains(id)) {
            spare(collection, renamed(collection));
        } else {
            state.replace(collection.id(), id);
        }
    }

    private static MigratorException renamed(FrozenCollection collection) {
        return MigratorException.unable(
                Failure.RESUME_REFUSED,
                "go on with",
                collection.qualifiedName(),
                "its name now belongs to a collection that had another name when the backup began",
                "Begin anew by resume=restart, or go on without the collection by on-error=continue.");
    }

    private boolean forced() {
        return Resume.of(context) == Resume.FORCE;
    }

    /** Another bucket is believed to be the same Milvus' only where nothing else differs: else two would be mixed. */
    private void requireSame(FrozenCollection collection, SourceIds ids) {
        Long id = ids.of(collection.database(), collection.name());
        if (id == null || id != collection.id()) {
            throw Resume.refused(
                    context.name(),
                    "the configuration names another bucket than it was begun with, and in this Milvus %s %s"
                            .formatted(
                                    collection.qualifiedName(),
                                    id == null
                                            ? "is not there"
                                            : "has the id %d, not %d".formatted(id, collection.id())),
                    "would mix two Milvus in one backup, and is not done",
                    "begins anew with the one configured now");
        }
    }

    private record Look(FrozenCollection collection, List<String> differences) {}

    private void settleSchemas() {
        List<Look> looks = workers.map(state.collections().unfinished(), this::look);
        for (Look look : looks) {
            FrozenCollection collection = look.collection();
            if (!look.differences().isEmpty() && forced()) {
                state.again(collection.id());
            } else if (!look.differences().isEmpty()) {
                spare(
                        collection,
                        Resume.refused(
                                collection.qualifiedName(),
                                "its schema was changed since the backup began ("
                                        + look.differences().get(0) + ")",
                                "takes it as it is now, and keeps copied files that are still needed",
                                "begins the whole backup anew"));
            }
        }
    }

    private Look look(FrozenCollection collection) {
        try {
            List<String> differences = state.collections()
                    .findInfo(collection.id())
                    .map(before -> SchemaDifference.told(SchemaDiff.obstacles(
                            before.schema(), source.schema(collection.database(), collection.name()))))
                    .orElse(List.of());
            return new Look(collection, differences);
        } catch (MigratorException e) {
            spare(collection, e);
            return new Look(collection, List.of());
        }
    }

    private void spare(FrozenCollection collection, MigratorException fault) {
        if (!faults.canSpareReading(fault)) {
            throw fault;
        }
        faults.spare(collection.id(), fault);
    }

    private static MigratorException vanished(FrozenCollection collection) {
        return MigratorException.unable(
                Failure.NOT_FOUND,
                "back up",
                collection.qualifiedName(),
                "it was dropped since the backup began",
                "Begin anew without it by resume=restart, or go on without the collection by on-error=continue.");
    }
}
