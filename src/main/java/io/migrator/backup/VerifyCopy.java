package io.migrator.backup;

import io.migrator.batch.JobContext;
import io.migrator.copy.CopyPlan;
import io.migrator.copy.CopyProof;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.CollectionInfo;
import io.migrator.format.VaultLayout;
import io.migrator.store.ObjectStore;
import java.util.List;

/** The step {@code verifyCopy}: every planned object lies in the vault as it was copied, and nothing else does. */
final class VerifyCopy {
    private final JobContext context;
    private final BackupTables tables;
    private final CopyPlan plan;
    private final ObjectStore vault;
    private final VaultLayout layout;
    private final VaultClaim claim;

    VerifyCopy(
            JobContext context,
            BackupTables tables,
            CopyPlan plan,
            ObjectStore vault,
            VaultLayout layout,
            VaultClaim claim) {
        this.context = context;
        this.tables = tables;
        this.plan = plan;
        this.vault = vault;
        this.layout = layout;
        this.claim = claim;
    }

    void run() {
        replanVanished();
        requirePlanned();
        context.progress().stage("verify", 0, 0);
        CopyProof.Result result = new CopyProof(plan, vault, layout.binlogsDir()).verify();
        if (!result.strangers().isEmpty()) {
            claim.requireOurs();
            vault.delete(result.strangers());
        }
        if (result.damagedCount() > 0) {
            plan.reopen(result.damagedRows());
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "verify",
                    vault.config().display() + "/" + layout.backupDir(),
                    "%d objects are not as they were copied; first: %s"
                            .formatted(result.damagedCount(), result.damaged().get(0)),
                    "Run the same command again to copy them anew; if it happens again, the store loses data.");
        }
        context.report().fact("objects_verified", result.proven());
    }

    /** Nothing may be deleted or described from a plan that is not whole. */
    private void requirePlanned() {
        if (!tables.notPlanned().isEmpty() || !tables.notFlushed().isEmpty()) {
            throw new IllegalStateException("collections without a plan: " + tables.notPlanned());
        }
        for (CollectionInfo collection : tables.collections()) {
            long inPlan = plan.segmentsOf(collection.collectionId());
            long known = tables.segments(collection.collectionId()).size();
            if (inPlan != known) {
                throw new IllegalStateException(
                        "%s has %d segments, %d of them planned".formatted(collection.qualifiedName(), known, inPlan));
            }
        }
    }

    private void replanVanished() {
        List<Long> owners = plan.ownersWithVanished();
        List<String> names = tables.collections().stream()
                .filter(collection -> owners.contains(collection.collectionId()))
                .map(CollectionInfo::qualifiedName)
                .toList();
        for (long owner : owners) {
            tables.forgetPlan(owner, true);
            plan.remove(owner);
        }
        if (!owners.isEmpty()) {
            throw MigratorException.unable(
                    Failure.SOURCE_CHANGED,
                    "copy all files of",
                    "collection " + names,
                    "Milvus removed some while they were copied (compaction or garbage collection)",
                    "Its segments are planned anew; copied files that are still needed are kept.");
        }
    }
}
