package io.migrator.vault;

import io.migrator.copy.CopyPlan;
import io.migrator.copy.CopyProof;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import io.migrator.store.ObjectStore;

/** What lies in a backup's directory, held against the plan: before anything is copied, and when all was. */
public record ProvenCopies(CopyPlan plan, ObjectStore vault, VaultLayout layout) {
    /** Takes into the plan what an earlier run has left there, and tells it. */
    public void lookBefore(Progress progress, RunReport report) {
        tell(new CopyProof(plan, vault, layout.dataDir()).lookBefore(), progress, report);
    }

    /** Tells what a look has found. */
    public static void tell(CopyProof.Looked looked, Progress progress, RunReport report) {
        if (looked.adopted() > 0) {
            progress.note(
                    Counted.of(looked.adopted(), "object is", "objects are") + " already in the vault and proven");
            report.fact("objects_kept", looked.adopted());
        }
        if (looked.gone() > 0) {
            progress.note(Counted.of(looked.gone(), "copied object is", "copied objects are")
                    + " gone from the vault: copying again");
            report.fact("objects_gone", looked.gone());
        }
    }

    /**
     * How many objects are there as they were copied: all. Deletes what nobody planned.
     *
     * @param fence fails where the backup is not this run's any more
     * @throws MigratorException CORRUPT where one is not; it is to be copied anew
     */
    public long require(Runnable fence) {
        return require(new CopyProof(plan, vault, layout.dataDir()).verify(new FencedDeletes(vault, fence)));
    }

    /** The same of a comparison that was made. */
    public long require(CopyProof.Result result) {
        if (!result.damagedRows().isEmpty()) {
            plan.reopen(result.damagedRows());
            throw MigratorException.unable(
                    Failure.CORRUPT,
                    "verify",
                    vault.config().display() + "/" + layout.backupDir(),
                    "%s; first: %s"
                            .formatted(
                                    Counted.of(
                                            result.damagedRows().size(),
                                            "object is not as it was copied",
                                            "objects are not as they were copied"),
                                    result.damaged().get(0)),
                    "Run the same command again to copy them anew; if it happens again, the store loses data.");
        }
        return result.proven();
    }
}
