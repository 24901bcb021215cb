package io.migrator.catalog;

import io.migrator.catalog.BackupSummary.Kind;
import io.migrator.catalog.BackupSummary.State;
import io.migrator.catalog.BackupSummary.Worker;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.own.HoldNote;
import io.migrator.format.own.Lease;
import io.migrator.format.own.Marker;
import io.migrator.format.own.RunRecord;
import io.migrator.lease.ProcessMark;
import io.migrator.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Looks at many backups at once, by their small files only. */
final class BackupListing {
    private static final int AT_ONCE = 32;
    private static final Duration LATELY = Duration.ofMinutes(5);

    private final ObjectStore vault;
    private final SmallFiles files;
    private final String rootPath;
    private final PoolUnits units;

    BackupListing(ObjectStore vault, String rootPath, PoolUnits units) {
        this.units = units;
        this.vault = vault;
        this.files = new SmallFiles(vault);
        this.rootPath = rootPath;
    }

    List<BackupSummary> of(List<String> names) {
        if (names.isEmpty()) {
            return List.of();
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(AT_ONCE, names.size()));
        try {
            List<Future<Optional<BackupSummary>>> looks =
                    names.stream().map(name -> pool.submit(() -> look(name))).toList();
            List<BackupSummary> found = new ArrayList<>();
            for (Future<Optional<BackupSummary>> look : looks) {
                look.get().ifPresent(found::add);
            }
            return found;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof MigratorException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MigratorException(Failure.STOPPED, "stopped while the backups were listed", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private Optional<BackupSummary> look(String name) {
        BackupFiles present = BackupFiles.look(vault, new VaultLayout(rootPath, name), units);
        if (!present.isBackup(vault)) {
            return Optional.empty();
        }
        VaultLayout layout = present.layout();
        try {
            return Optional.of(
                    present.missing().isEmpty() ? complete(name, layout, present) : incomplete(layout, present));
        } catch (MigratorException e) {
            if (e.failure() != Failure.CORRUPT && e.failure() != Failure.NOT_FOUND) {
                throw e;
            }
            return Optional.of(summary(
                    present, State.DAMAGED, String.valueOf(e.getMessage()), "unknown", hold(layout, present), null));
        }
    }

    private BackupSummary complete(String name, VaultLayout layout, BackupFiles present) {
        BackupInfo head = files.head(layout);
        RunRecord run = present.recorded() ? files.runRecord(layout) : null;
        if (run == null) {
            String maker = head.stateCode() == 2 ? "milvus-backup 0.4" : "milvus-backup";
            return new BackupSummary(
                    name,
                    kind(present),
                    State.COMPLETE,
                    "",
                    head.size(),
                    null,
                    OptionalInt.empty(),
                    maker,
                    head.milvusVersion(),
                    hold(layout, present),
                    null,
                    null,
                    null);
        }
        return new BackupSummary(
                name,
                kind(present),
                run.missing().isEmpty() ? State.COMPLETE : State.PARTIAL,
                run.missing().isEmpty()
                        ? ""
                        : Counted.of(run.missing().size(), "collection is missing", "collections are missing"),
                head.size(),
                run.finishedAt(),
                OptionalInt.of(run.collections().size()),
                run.program() + " " + run.version(),
                head.milvusVersion(),
                hold(layout, present),
                run,
                null,
                null);
    }

    private BackupSummary incomplete(VaultLayout layout, BackupFiles present) {
        HoldNote hold = hold(layout, present);
        if (!present.marked()) {
            boolean ours = present.recorded() || present.leased();
            return summary(
                    present, State.INCOMPLETE, present.missing(), ours ? "migrator" : "milvus-backup", hold, null);
        }
        Marker marker = files.marker(layout);
        return summary(
                present, State.INCOMPLETE, marker.told(), marker.program() + " " + marker.version(), hold, marker);
    }

    /**
     * Who holds the lease. Where the process cannot be seen from here, one that was renewed lately by the clocks of two hosts is
     * taken as alive: this is for people, nothing is decided by it.
     */
    private @Nullable Worker worker(VaultLayout layout) {
        Lease lease;
        try {
            lease = files.lease(layout).orElse(null);
        } catch (MigratorException e) {
            if (e.failure() != Failure.DENIED) {
                throw e;
            }
            return Worker.UNKNOWN;
        }
        if (lease == null || lease.released()) {
            return null;
        }
        ProcessMark.Sign sign =
                ProcessMark.look().of(new ProcessMark(lease.machine(), lease.processStart()), lease.pid());
        boolean heard = lease.renewedAt().isAfter(Instant.now().minus(LATELY));
        return sign == ProcessMark.Sign.ALIVE || (sign == ProcessMark.Sign.UNKNOWN && heard)
                ? new Worker(lease.host(), lease.pid(), lease.takenAt(), lease.job())
                : null;
    }

    private @Nullable HoldNote hold(VaultLayout layout, BackupFiles present) {
        return present.held() ? files.hold(layout).orElse(null) : null;
    }

    private static Kind kind(BackupFiles present) {
        return present.layout().isPooled() ? Kind.POOL : Kind.FULL;
    }

    private BackupSummary summary(
            BackupFiles present,
            State state,
            String reason,
            String madeBy,
            @Nullable HoldNote hold,
            @Nullable Marker marker) {
        return new BackupSummary(
                present.layout().name(),
                kind(present),
                state,
                reason,
                0,
                null,
                OptionalInt.empty(),
                madeBy,
                null,
                hold,
                null,
                marker,
                present.leased() ? worker(present.layout()) : null);
    }
}
