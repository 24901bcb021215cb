package io.migrator.restore.collections;

import com.google.protobuf.ByteString;
import io.migrator.batch.Resume;
import io.migrator.batch.Transactions;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.schema.CollectionDescription;
import io.migrator.milvus.schema.SchemaDiff;
import io.migrator.milvus.schema.SchemaDifference;
import io.migrator.milvus.schema.SchemaDifference.Change;
import io.migrator.restore.imports.ImportLedger;
import io.migrator.restore.preflight.TargetNames;
import io.migrator.restore.state.Flushes;
import io.migrator.restore.state.RawSchemas;
import io.migrator.restore.state.RestoreTables;
import io.migrator.restore.state.Restored;
import io.migrator.selection.CollectionName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates collections and partitions, and tells after a death what this job had created from a conflict. */
public final class TargetCollections {
    public static final String DEFAULT_PARTITION = "_default";

    private final MilvusTarget target;
    private final RawSchemas raws;
    private final TargetNames names;
    private final RestoreTables tables;
    private final ImportLedger ledger;
    private final Transactions transactions;
    private final Flushes flushes;
    private final boolean dropExisting;

    public TargetCollections(
            MilvusTarget target,
            RawSchemas raws,
            TargetNames names,
            RestoreTables tables,
            ImportLedger ledger,
            Transactions transactions,
            Flushes flushes,
            boolean dropExisting) {
        this.target = target;
        this.raws = raws;
        this.names = names;
        this.tables = tables;
        this.ledger = ledger;
        this.transactions = transactions;
        this.flushes = flushes;
        this.dropExisting = dropExisting;
    }

    public void create(Restored item) {
        CollectionName name = item.target();
        long source = item.source().collectionId();
        ByteString raw = raws.of(source);
        Optional<RestoreTables.Created> before = tables.find(source);
        if (before.isEmpty()) {
            // The names were asked for at the start; Milvus would take an equal collection for the one that is wanted.
            if (names.isCollection(name) || target.has(name.database(), name.collection())) {
                makeRoom(item);
            }
            createNew(item, raw);
        } else {
            Optional<CollectionDescription> existing = target.find(name.database(), name.collection());
            if (existing.isPresent()) {
                adopt(item, existing.get().info(), before.get());
                target.requireFieldIds(name.database(), name.collection(), item.source(), raw, existing.get());
            } else {
                createNew(item, raw);
            }
        }
        target.completeCollection(name.database(), name.collection(), item.source(), raw);
        if (!item.source().schema().hasPartitionKey()) {
            for (PartitionInfo partition : item.source().partitions()) {
                if (!partition.name().equals(DEFAULT_PARTITION)) {
                    target.createPartition(name.database(), name.collection(), partition.name());
                }
            }
        }
    }

    /**
     * Drops what has the name. Only ever reached while the job database has no row of this collection: what this job
     * creates has one from before the call.
     */
    private void makeRoom(Restored item) {
        CollectionName name = item.target();
        Optional<CollectionDescription> existing = target.find(name.database(), name.collection());
        if (existing.isPresent()) {
            boolean alias = !existing.get().info().name().equals(name.collection());
            if (!dropExisting || alias) {
                throw conflict(item, alias ? "it is an alias of another collection" : "it is there already");
            }
            target.dropCollection(name.database(), name.collection());
        }
    }

    private void createNew(Restored item, @Nullable ByteString raw) {
        CollectionInfo source = item.source();
        CollectionName name = item.target();
        transactions.promise(() -> {
            ledger.forget(source.collectionId());
            tables.creating(source.collectionId(), name);
        });
        try {
            target.createCollection(
                    name.database(),
                    name.collection(),
                    source,
                    raw,
                    id -> tables.created(source.collectionId(), name, id));
        } catch (MigratorException e) {
            if (refused(name, e)) {
                // What stands there, if anything, is not this job's.
                tables.forget(source.collectionId());
            }
            throw e;
        }
    }

    private boolean refused(CollectionName name, MigratorException fault) {
        if (fault.failure().retryHelps() || fault.failure() == Failure.CONFLICT) {
            return fault.failure() == Failure.CONFLICT;
        }
        try {
            return !target.has(name.database(), name.collection());
        } catch (MigratorException e) {
            // The row stays: whether the collection is there is for the next run to see.
            fault.addSuppressed(e);
            return false;
        }
    }

    private static MigratorException conflict(Restored item, String why) {
        return MigratorException.unable(
                Failure.CONFLICT,
                "create",
                item.target().toString(),
                why,
                "Choose other names with suffix= or rename=, or drop it first.");
    }

    /** Partitions and late fields are added afterwards, properties set while it is made. */
    private static boolean comesLater(SchemaDifference difference) {
        return switch (difference.part()) {
            case PARTITION, PROPERTY -> true;
            case FIELD -> difference.change() == Change.MISSING;
            default -> false;
        };
    }

    /** A collection whose create call was cut off is this job's if it is as it was asked for, and empty. */
    private void requireAsAsked(Restored item, CollectionInfo existing) {
        boolean same =
                SchemaDiff.withoutIndexes(item.source(), existing).stream().allMatch(TargetCollections::comesLater);
        if (!same || rows(item, existing) > 0) {
            throw createdByOthers(item);
        }
        // Statistics do not see what is in memory only.
        flushes.flush(item.target());
        if (rows(item, existing) > 0) {
            throw createdByOthers(item);
        }
    }

    private long rows(Restored item, CollectionInfo existing) {
        CollectionName name = item.target();
        return existing.partitions().stream()
                .mapToLong(partition -> target.rows(name.database(), name.collection(), partition.name()))
                .sum();
    }

    private static MigratorException createdByOthers(Restored item) {
        return conflict(item, "somebody has just created a collection of that name");
    }

    private void adopt(Restored item, CollectionInfo existing, RestoreTables.Created before) {
        if (before.targetId() == 0) {
            requireAsAsked(item, existing);
            tables.created(item.source().collectionId(), item.target(), existing.collectionId());
        } else {
            requireSame(item, existing, before);
        }
    }

    /** Fails where somebody put another collection in the place of the one this job began with. */
    static void requireSame(Restored item, CollectionInfo existing, RestoreTables.Created before) {
        if (before.targetId() != existing.collectionId()) {
            throw MigratorException.unable(
                    Failure.RESUME_REFUSED,
                    "go on with restoring",
                    item.target().toString(),
                    "somebody dropped the collection and created another of that name since (id %d then, %d now)"
                            .formatted(before.targetId(), existing.collectionId()),
                    Resume.adviceForRestore("Drop it, or restore under another name."));
        }
    }
}
