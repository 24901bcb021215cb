package io.migrator.verify;

import io.migrator.batch.JobContext;
import io.migrator.batch.RunFacts;
import io.migrator.batch.Transactions;
import io.migrator.batch.WorkerPool;
import io.migrator.catalog.BackupSummary;
import io.migrator.catalog.Catalog;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.PoolLayout;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.report.Progress;
import io.migrator.store.ObjectStore;
import io.migrator.store.throttle.PacedReads;
import io.migrator.verify.log.LogReader;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/** How far a proof is, in the job database, and of which backup: what a restart goes on with. */
final class ProofState {
    private static final String STAMP = "verify_stamp";
    private static final String SEED = "verify_seed";
    private static final String PLANNED = "verify_planned";
    private static final String CONCLUDED = "verify_concluded";
    private static final long MOST_SEED = 1_000_000_000;

    private final Transactions transactions;
    private final RunFacts facts;
    private final VerifyTables tables;

    ProofState(Transactions transactions, VerifyTables tables) {
        this.transactions = transactions;
        this.facts = new RunFacts(transactions);
        this.tables = tables;
    }

    /**
     * Goes on with an earlier run of the same backup that did not come to its end, else begins anew.
     *
     * @param stamp tells that it is still the same
     */
    void begin(String stamp) {
        boolean goesOn = isOf(stamp) && planned() && facts.find(CONCLUDED).isEmpty();
        if (!goesOn) {
            transactions.run(() -> {
                tables.clear();
                List.of(PLANNED, CONCLUDED, SEED).forEach(facts::remove);
                facts.put(STAMP, stamp);
            });
        }
    }

    /** Whether it is of the backup that this tells. */
    boolean isOf(String stamp) {
        return facts.find(STAMP).filter(stamp::equals).isPresent();
    }

    /**
     * Fails where the vault does not hold any more what is proven, as a folder of which the mount went away: all of it
     * would be missing, and be written down as damage.
     */
    private void requireThere(String name, ObjectStore vault, VaultLayout layout) {
        if (!isThere(name, vault, layout)) {
            throw MigratorException.unable(
                    Failure.UNREACHABLE,
                    "go on proving",
                    name,
                    "%s does not hold any more what the run began with"
                            .formatted(vault.config().display()),
                    "Look what became of it, then run the same command again.");
        }
    }

    /**
     * What reads the logs that are planned.
     *
     * @param name of the backup, or {@link PoolSteps#ALL}
     * @param reads of that vault, all of a process by one pace
     * @param pool as many threads as logs are read at once; stays open
     */
    DeepProof reading(
            String name,
            ObjectStore vault,
            VaultLayout layout,
            PacedReads reads,
            BooleanSupplier stop,
            Progress progress,
            WorkerPool pool) {
        LogReader reader = new LogReader(reads, layout, stop);
        return new DeepProof(tables, reader, layout, progress, pool, () -> requireThere(name, vault, layout));
    }

    private boolean isThere(String name, ObjectStore vault, VaultLayout layout) {
        try {
            return name.equals(PoolSteps.ALL)
                    ? new Catalog(vault, vault.config().rootPath())
                            .list().stream().anyMatch(backup -> backup.kind() == BackupSummary.Kind.POOL)
                    : isOf(stamp(vault, layout));
        } catch (MigratorException e) {
            if (e.failure() == Failure.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Where the logs that a proof reads lie, the same in each process that takes part.
     *
     * @param name of a backup, or the one that means all of the pool
     */
    static VaultLayout layout(String name, ObjectStore vault) {
        String root = vault.config().rootPath();
        if (!name.equals(PoolSteps.ALL)) {
            return new Catalog(vault, root).layout(name);
        }
        // The keys of logs that are read are those of the pool, whichever backup has them.
        return new VaultLayout(root, "any").pooled(new PoolLayout(root), () -> {
            throw new IllegalStateException("units of no backup");
        });
    }

    /** What tells that it is still the same backup. */
    static String stamp(ObjectStore vault, VaultLayout layout) {
        StringBuilder stamp = new StringBuilder();
        for (String key :
                List.of(layout.meta(MetaFile.BACKUP), layout.meta(MetaFile.FULL), layout.runRecord(), layout.refs())) {
            vault.find(key).ifPresent(object -> stamp.append(object.etag())
                    .append(' ')
                    .append(object.size())
                    .append(' '));
        }
        return stamp.toString();
    }

    /** Which segments are to be read; a sample is told with its seed, by which it can be had again. */
    Share share(VerifyOptions options, JobContext context) {
        long seed = seed(options.seed());
        Share share = Share.of(options.deep() ? options.subset() : "", seed);
        if (share.isSample()) {
            context.progress().note("sample of " + share + ", seed=" + seed);
            context.report().fact("seed", seed);
        }
        return share;
    }

    /** The seed of a sample: the one given, the one of the run that this goes on with, or a new one. */
    private long seed(String given) {
        String known = given.isEmpty() ? facts.find(SEED).orElse("") : given;
        long seed = known.isEmpty() ? ThreadLocalRandom.current().nextLong(MOST_SEED) : Long.parseLong(known);
        facts.put(SEED, String.valueOf(seed));
        return seed;
    }

    boolean planned() {
        return facts.find(PLANNED).isPresent();
    }

    void markPlanned() {
        facts.put(PLANNED, "yes");
    }

    /** From here on the next run begins anew. */
    void conclude() {
        facts.put(CONCLUDED, "yes");
    }
}
