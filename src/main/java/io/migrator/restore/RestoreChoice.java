package io.migrator.restore;

import io.migrator.batch.JobContext;
import io.migrator.batch.Resume;
import io.migrator.batch.WorkerPool;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.own.RunRecord;
import io.migrator.restore.imports.FilledPartitions;
import io.migrator.restore.preflight.AliasCheck;
import io.migrator.restore.preflight.Chosen;
import io.migrator.restore.preflight.RestorePreflight;
import io.migrator.restore.preflight.RestoreSelection;
import io.migrator.restore.preflight.SealGate;
import io.migrator.restore.state.Failures;
import io.migrator.restore.state.OwnCollections;
import io.migrator.restore.state.RestoreOptions;
import io.migrator.restore.state.Restored;
import io.migrator.restore.state.Whereabouts;
import io.migrator.restore.state.Wishes;
import io.migrator.verify.BackupProof;
import io.migrator.verify.seal.SealCheck;
import io.migrator.verify.seal.SealTerms;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Reads the backup, decides what goes where, and refuses what cannot come to a good end. Changes nothing. */
final class RestoreChoice {
    /** Small objects of the vault that are read at once. */
    private static final int READS_AT_ONCE = 16;

    private final RestoreParts parts;
    private final JobContext context;
    private final RestoreOptions options;
    private final Failures failures;
    private final OwnCollections own;
    private final BooleanSupplier stopRequested;

    RestoreChoice(RestoreParts parts, BooleanSupplier stopRequested) {
        this.parts = parts;
        this.stopRequested = stopRequested;
        this.context = parts.context();
        this.options = parts.options();
        this.failures = parts.failures();
        this.own = parts.own();
    }

    /**
     * @param changed whether the backup is another than the one this restore began with
     * @param preview whether Milvus is only to be read
     */
    Chosen choose(boolean changed, boolean preview) {
        failures.clear();
        parts.names().lookAnew();
        parts.check().requireParameters();
        SealCheck sealed = new SealCheck(parts.vault(), parts.layout(), SealTerms.of(context));
        BackupInfo backup = parts.catalog().read(context.name(), sealed::open);
        Optional<RunRecord> run = parts.catalog().runRecord(context.name(), sealed::open);
        BackupProof proof = new BackupProof(context, parts.vault(), parts.layout(), stopRequested);
        RestorePreflight preflight =
                new RestorePreflight(context, options, parts.catalog(), parts.layout(), backup, failures, proof);
        parts.milvusStore().requireReachable();
        parts.vault().requireReachable();
        SealGate gate = new SealGate(context, options, parts.layout(), failures, sealed);
        gate.requireBackup(backup.name());
        preflight.requireVersions(parts.target().version());
        RestoreSelection selection = new RestoreSelection(context, options, backup);
        List<Restored> items = selection.collections();
        boolean anew = forgettable(changed, items);
        if (anew) {
            own.disown();
        }
        // Of what an earlier run came to its end with nothing is needed any more but its name.
        List<Restored> open = own.withoutDone(items);
        gate.requireSchemas(open);
        open.stream().filter(RestoreChoice::hasData).findFirst().ifPresent(item -> parts.target()
                .requireImports(item.target().database()));
        preflight.requireSupported(open, parts.target().version());
        preflight.requireFiles(open);
        requireCreatable(open);
        parts.check().requireTargets(items);
        requireRoom(items, preview);
        items.forEach(item -> failures.attempt(
                item, () -> parts.loading().lacksIndex(item).ifPresent(fault -> failures.addItsOwn(item, fault))));
        new AliasCheck(parts.names(), failures)
                .require(items.stream()
                        .filter(item -> own.wants(item, Wishes.ALIASES))
                        .toList());
        return new Chosen(backup, run, items, selection.databases(), anew);
    }

    /**
     * Whether nothing that earlier runs remember is of use any more; fails where something is left of another backup.
     * With {@code resume=restart} what was filled may be filled again: whether its rows allow that is seen later.
     */
    private boolean forgettable(boolean changed, List<Restored> items) {
        boolean restart = Resume.of(context) == Resume.RESTART;
        if (own.isEmpty() || (!changed && !restart)) {
            return changed;
        }
        if (!changed) {
            return !own.any(Whereabouts.Place.THERE);
        }
        if (!restart || options.creates()) {
            own.requireNoneLeft(items);
        }
        return true;
    }

    private void requireRoom(List<Restored> items, boolean preview) {
        if (options.creates()) {
            return;
        }
        List<Restored> fresh =
                items.stream().filter(item -> own.placeOf(item).isEmpty()).toList();
        fresh.stream()
                .filter(RestoreChoice::hasData)
                .forEach(item -> failures.attempt(item, () -> parts.others().newest(item.target())));
        if (!options.append()) {
            new FilledPartitions(parts.target(), parts.flushes(), failures).refuse(fresh, !preview);
        }
    }

    private static boolean hasData(Restored item) {
        CollectionInfo source = item.source();
        return !source.level0Segments().isEmpty()
                || source.partitions().stream()
                        .anyMatch(partition -> !partition.segments().isEmpty());
    }

    /** Before anything is touched: what has the name may be dropped to make room. */
    private void requireCreatable(List<Restored> items) {
        if (!options.creates()) {
            return;
        }
        try (WorkerPool pool = new WorkerPool("schemas", READS_AT_ONCE)) {
            pool.map(items, item -> {
                failures.attempt(item, () -> requireCreatable(item));
                return item;
            });
        }
    }

    private void requireCreatable(Restored item) {
        CollectionInfo source = item.source();
        parts.target()
                .requireCreatable(
                        item.target().database(),
                        item.target().collection(),
                        source,
                        parts.raws().of(source.collectionId()));
    }
}
