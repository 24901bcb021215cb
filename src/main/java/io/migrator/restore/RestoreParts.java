package io.migrator.restore;

import io.migrator.batch.JobContext;
import io.migrator.batch.RunFacts;
import io.migrator.catalog.Catalog;
import io.migrator.copy.CopyPlan;
import io.migrator.format.VaultLayout;
import io.migrator.milvus.Milvus;
import io.migrator.milvus.MilvusTarget;
import io.migrator.store.ObjectStore;
import io.migrator.store.Stores;
import io.migrator.store.Throttle;
import java.util.Set;
import java.util.function.Supplier;

/** What the steps of a restore work with: servers, tables, and how faults of single collections are taken. */
record RestoreParts(
        JobContext context,
        MilvusTarget target,
        ObjectStore milvusStore,
        ObjectStore vault,
        VaultLayout layout,
        Catalog catalog,
        RestoreTables tables,
        ImportLedger ledger,
        CopyPlan plan,
        RunFacts facts,
        Staging staging,
        SameBackup sameBackup,
        OwnCollections own,
        RawSchemas raws,
        Failures failures,
        TargetNames names,
        TargetCheck check,
        ForeignImports others,
        Flushes flushes,
        Loading loading,
        Orders orders)
        implements AutoCloseable {
    /** @param restoredBefore see {@link TargetCheck} */
    RestoreParts(JobContext context, Supplier<Set<Long>> restoredBefore) {
        this(
                context,
                restoredBefore,
                Throttle.of(context.parameter("max-bytes-per-second"), context.parameter("max-requests-per-second")));
    }

    private RestoreParts(JobContext context, Supplier<Set<Long>> restoredBefore, Throttle throttle) {
        this(
                context,
                restoredBefore,
                Milvus.target(context.config().milvus()),
                Stores.throttled(Stores.open(context.config().milvusStorage()), throttle),
                Stores.throttled(Stores.open(context.config().vault()), throttle),
                throttle);
    }

    private RestoreParts(
            JobContext context,
            Supplier<Set<Long>> restoredBefore,
            MilvusTarget target,
            ObjectStore milvusStore,
            ObjectStore vault,
            Throttle throttle) {
        this(
                context,
                restoredBefore,
                target,
                milvusStore,
                vault,
                new Staging(context, milvusStore, vault, throttle),
                new Catalog(vault, context.config().vault().rootPath()),
                new RawSchemas(new Catalog(vault, context.config().vault().rootPath()), context.name()),
                new RestoreTables(context.transactions()),
                new OwnCollections(
                        context,
                        target,
                        new RestoreTables(context.transactions()),
                        new RunFacts(context.transactions())),
                new TargetNames(target),
                new Orders(
                        new ImportLedger(context.transactions()),
                        context.config().milvusStorage(),
                        context.config().backup().milvusFolder()),
                new Failures(context.parameter("on-error").equals("continue"), () -> {
                    milvusStore.requireReachable();
                    vault.requireReachable();
                }));
    }

    private RestoreParts(
            JobContext context,
            Supplier<Set<Long>> restoredBefore,
            MilvusTarget target,
            ObjectStore milvusStore,
            ObjectStore vault,
            Staging staging,
            Catalog catalog,
            RawSchemas raws,
            RestoreTables tables,
            OwnCollections own,
            TargetNames names,
            Orders orders,
            Failures failures) {
        this(
                context,
                target,
                milvusStore,
                vault,
                layout(context),
                catalog,
                tables,
                new ImportLedger(context.transactions()),
                new CopyPlan(context.transactions()),
                new RunFacts(context.transactions()),
                staging,
                new SameBackup(layout(context), vault, new RunFacts(context.transactions())),
                own,
                raws,
                failures,
                names,
                new TargetCheck(context, target, raws, names, own, failures, restoredBefore),
                new ForeignImports(target, tables, new ImportLedger(context.transactions()), orders),
                new Flushes(target, System::nanoTime),
                new Loading(context, target, own),
                orders);
    }

    private static VaultLayout layout(JobContext context) {
        return new VaultLayout(context.config().vault().rootPath(), context.name());
    }

    ImportPlanner planner() {
        return new ImportPlanner(
                target.version(),
                staging.milvusReadsVault(),
                layout,
                staging.dir(),
                context.config().backup().importSegments());
    }

    @Override
    public void close() {
        target.close();
        milvusStore.close();
        vault.close();
    }
}
