package io.migrator.coverage;

import io.migrator.catalog.BackupSummary;
import io.migrator.catalog.BackupSummary.State;
import io.migrator.catalog.Catalog;
import io.migrator.config.MigratorConfig;
import io.migrator.coverage.CoverageReport.Unreadable;
import io.migrator.coverage.CoveredCollection.Copy;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.own.RunRecord;
import io.migrator.milvus.MilvusSource;
import io.migrator.milvus.connect.Milvus;
import io.migrator.retention.hold.VaultClock;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds the collections that Milvus has against the backups of the vault. One is known again by its id, which a collection
 * that is dropped and made anew does not keep, nor has in another Milvus. Costs one call of Milvus a database, and of each
 * backup what {@code list} reads.
 */
public final class Coverage {
    private final ObjectStore vault;
    private final CoverageQuestion question;
    private final String source;
    private final VaultClock clock;
    private final Map<Long, Trace> byId = new HashMap<>();
    private final Map<String, Trace> byName;
    private final List<Unreadable> unreadable = new ArrayList<>();
    private int theirs;

    private Coverage(MilvusSource milvus, ObjectStore vault, CoverageQuestion question, String source) {
        this.vault = vault;
        this.question = question;
        this.source = source;
        this.clock = VaultClock.of(vault.config());
        this.byName = new SourceCollections(milvus, question).traces(clock.now());
        byName.values().forEach(trace -> byId.put(trace.id(), trace));
    }

    /** Looks once. Fails for what Milvus or the vault fail with, and never for a backup that cannot be read. */
    public static CoverageReport of(MigratorConfig config, CoverageQuestion question) {
        try (MilvusSource milvus = Milvus.source(config.milvus());
                ObjectStore vault = Stores.open(config.vault())) {
            vault.requireReachable();
            return new Coverage(milvus, vault, question, config.milvusStorage().place()).report();
        }
    }

    private CoverageReport report() {
        Catalog catalog = new Catalog(vault, vault.config().rootPath());
        catalog.list().forEach(backup -> add(catalog, backup));
        return new CoverageReport(
                clock.now(),
                clock.told(),
                question.maxAge().isPresent(),
                byName.values().stream()
                        .map(trace -> trace.result(question.oldest(clock.now())))
                        .toList(),
                List.copyOf(unreadable),
                theirs);
    }

    private void add(Catalog catalog, BackupSummary backup) {
        if (backup.state() == State.DAMAGED) {
            unreadable.add(new Unreadable(backup.name(), backup.reason()));
        } else if (backup.run() != null) {
            addOurs(backup.name(), backup.run());
        } else if (backup.state() != State.INCOMPLETE) {
            addTheirs(catalog, backup.name());
        }
    }

    private void addOurs(String backup, RunRecord run) {
        boolean here = run.source().isEmpty() || run.source().equals(source);
        boolean ofThisMilvus = here && run.collections().isEmpty();
        for (RunRecord.Collection one : run.collections()) {
            String name = one.database() + "." + one.name();
            Copy copy = new Copy(backup, Objects.requireNonNullElse(one.sealedAt(), run.startedAt()));
            Trace trace = traceOf(one.collectionId(), name, run.source());
            if (!here || trace == null) {
                other(name, copy, one.collectionId(), here ? "" : run.source());
            } else if (run.allRowsOf(one)) {
                ofThisMilvus = true;
                trace.had(copy, name, run.missing().isEmpty());
            } else {
                ofThisMilvus = true;
                trace.hadSome(copy);
            }
        }
        if (ofThisMilvus) {
            run.missing().forEach(one -> {
                Trace trace = byName.get(one.database() + "." + one.name());
                if (trace != null) {
                    trace.wasMissing(new Copy(backup, run.startedAt()), one.reason());
                }
            });
        }
    }

    /** A collection that was renamed since keeps its id; where no source is told, only the name tells that the id is not chance. */
    private @Nullable Trace traceOf(long id, String name, String told) {
        Trace trace = id > 0 ? byId.get(id) : null;
        return trace != null && (!told.isEmpty() || trace.equals(byName.get(name))) ? trace : null;
    }

    private void other(String name, Copy copy, long id, String otherSource) {
        Trace trace = byName.get(name);
        if (trace != null) {
            trace.wasAnother(copy, id, otherSource);
        }
    }

    private void addTheirs(Catalog catalog, String backup) {
        if (!question.theirs()) {
            theirs++;
            return;
        }
        BackupInfo read;
        try {
            read = catalog.read(backup);
        } catch (MigratorException e) {
            if (e.failure() == Failure.CORRUPT || e.failure() == Failure.UNSUPPORTED) {
                unreadable.add(new Unreadable(backup, String.valueOf(e.getMessage())));
                return;
            }
            if (e.failure() == Failure.NOT_FOUND) {
                // Somebody has deleted it since it was listed.
                return;
            }
            throw e;
        }
        for (CollectionInfo one : read.collections()) {
            if (one.sealTime() <= 0) {
                // Nothing tells of when it is.
                continue;
            }
            Copy copy = new Copy(backup, Instant.ofEpochSecond(one.sealTime()));
            Trace trace = traceOf(one.collectionId(), one.qualifiedName(), "");
            if (trace == null) {
                other(one.qualifiedName(), copy, one.collectionId(), "");
            } else if (read.size() > 0) {
                trace.had(copy, one.qualifiedName(), true);
            } else {
                trace.hadSome(copy);
            }
        }
    }
}
