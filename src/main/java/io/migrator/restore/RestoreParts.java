package io.migrator.restore;

import io.migrator.batch.FaultScope;
import io.migrator.batch.JobContext;
import io.migrator.batch.RunFacts;
import io.migrator.catalog.Catalog;
import io.migrator.copy.CopyPlan;
import io.migrator.format.layout.VaultLayout;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.connect.Milvus;
import io.migrator.restore.imports.ForeignImports;
import io.migrator.restore.imports.ImportLedger;
import io.migrator.restore.imports.ImportPlanner;
import io.migrator.restore.imports.Orders;
import io.migrator.restore.preflight.Loading;
import io.migrator.restore.preflight.TargetCheck;
import io.migrator.restore.preflight.TargetNames;
import io.migrator.restore.staging.Staging;
import io.migrator.restore.state.Failures;
import io.migrator.restore.state.Flushes;
import io.migrator.restore.state.OwnCollections;
import io.migrator.restore.state.RawSchemas;
import io.migrator.restore.state.RestoreOptions;
import io.migrator.restore.state.RestoreTables;
import io.migrator.restore.state.SameBackup;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.util.Set;
import java.util.function.Supplier;

/** What the steps of a restore work with: servers, tables, and how faults of single collections are taken. */
record RestoreParts(
        JobContext context,
        RestoreOptions options,
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
        this(context, RestoreOptions.of(context), restoredBefore);
    }

    private RestoreParts(JobContext context, RestoreOptions options, Supplier<Set<Long>> restoredBefore) {
        this(
                context,
                options,
                restoredBefore,
                Milvus.target(context.config().milvus()),
                Stores.throttled(Stores.open(context.config().milvusStorage()), options.throttle()),
                Stores.throttled(Stores.open(context.config().vault()), options.throttle()));
    }

    private RestoreParts(
            JobContext context,
            RestoreOptions options,
            Supplier<Set<Long>> restoredBefore,
            MilvusTarget target,
            ObjectStore milvusStore,
            ObjectStore vault) {
        this(
                context,
                options,
                restoredBefore,
                target,
                milvusStore,
                vault,
                // Once for all parts: what is checked is what is imported.
                new Catalog(vault, context.config().vault().rootPath()).layout(context.name()));
    }

    private RestoreParts(
            JobContext context,
            RestoreOptions options,
            Supplier<Set<Long>> restoredBefore,
            MilvusTarget target,
            ObjectStore milvusStore,
            ObjectStore vault,
            VaultLayout layout) {
        this(
                context,
                options,
                restoredBefore,
                target,
                milvusStore,
                vault,
                layout,
                new Staging(context, options, milvusStore, vault, layout),
                new Catalog(vault, context.config().vault().rootPath()),
                new RawSchemas(new Catalog(vault, context.config().vault().rootPath()), context.name()),
                new RestoreTables(context.transactions()),
                new OwnCollections(
                        context,
                        options,
                        target,
                        new RestoreTables(context.transactions()),
                        new RunFacts(context.transactions())),
                new TargetNames(target),
                new Orders(
                        new ImportLedger(context.transactions()),
                        context.config().milvusStorage(),
                        context.config().backup().milvusFolder()),
                new Failures(new FaultScope(options.onError(), () -> {
                    milvusStore.requireReachable();
                    vault.requireReachable();
                })));
    }

    private RestoreParts(
            JobContext context,
            RestoreOptions options,
            Supplier<Set<Long>> restoredBefore,
            MilvusTarget target,
            ObjectStore milvusStore,
            ObjectStore vault,
            VaultLayout layout,
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
                options,
                target,
                milvusStore,
                vault,
                layout,
                catalog,
                tables,
                new ImportLedger(context.transactions()),
                new CopyPlan(context.transactions()),
                new RunFacts(context.transactions()),
                staging,
                new SameBackup(layout, vault, new RunFacts(context.transactions())),
                own,
                raws,
                failures,
                names,
                new TargetCheck(context, options, target, raws, names, own, failures, restoredBefore),
                new ForeignImports(target, tables, new ImportLedger(context.transactions()), orders),
                new Flushes(target, System::nanoTime),
                new Loading(options, target, own),
                orders);
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
