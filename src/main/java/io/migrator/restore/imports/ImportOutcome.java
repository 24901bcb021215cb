package io.migrator.restore.imports;

import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.MilvusTarget;
import io.migrator.report.Progress;
import io.migrator.restore.state.RestoreTables;
import io.migrator.selection.CollectionName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges import jobs that ended, and writes into the ledger what came of them. */
public final class ImportOutcome {
    private static final int ATTEMPTS = 3;

    private final MilvusTarget target;
    private final ImportLedger ledger;
    private final RestoreTables tables;
    private final Leftovers leftovers;
    private final Orders orders;
    private final Progress progress;
    private final Set<Long> told = new HashSet<>();
    /** What of units that are at work the progress was told, in bytes, by Milvus' own percentage. */
    private final Map<Long, Long> counted = new HashMap<>();

    public ImportOutcome(
            MilvusTarget target, ImportLedger ledger, RestoreTables tables, Orders orders, Progress progress) {
        this.target = target;
        this.ledger = ledger;
        this.tables = tables;
        this.leftovers = new Leftovers(target, ledger, tables);
        this.orders = orders;
        this.progress = progress;
    }

    private CollectionName name(ImportUnit unit) {
        return orders.item(unit).target();
    }

    /** The jobs that the server has now. */
    void atWork(List<ImportUnit> units) {
        progress.outside(
                units.stream().map(unit -> ImportsLeft.name(unit, orders)).toList());
    }

    /** The server calls the job running, so far done; what it waits for is said once. */
    void goesOn(ImportUnit unit, int percent, String waitsFor) {
        count(unit, unit.bytes() / 100 * Math.max(0, Math.min(100, percent)));
        if (!waitsFor.isEmpty() && told.add(unit.jobId())) {
            progress.note("waiting for import job %d of %s: %s".formatted(unit.jobId(), name(unit), waitsFor));
        }
    }

    /** The server calls the job complete. CORRUPT where it brought what it cannot have. */
    ImportUnit imported(ImportUnit unit, long rows) {
        if (unit.deletesOnly()) {
            return settle(unit.imported(0));
        }
        boolean tooMany = rows > unit.expectedRows();
        boolean tooFew = rows < unit.expectedRows() && !unit.deletes();
        if (tooMany || tooFew) {
            throw rows == 0 ? nothingFound(unit) : wrongCount(unit, rows);
        }
        return settle(unit.imported(rows));
    }

    private void count(ImportUnit unit, long bytes) {
        Long before = counted.put(unit.unit(), bytes);
        progress.advance(0, bytes - (before == null ? 0 : before));
    }

    private ImportUnit settle(ImportUnit imported) {
        ledger.update(imported);
        count(imported, imported.bytes());
        counted.remove(imported.unit());
        progress.advance(1, 0);
        return imported;
    }

    private MigratorException nothingFound(ImportUnit unit) {
        CollectionName name = name(unit);
        return MigratorException.unable(
                Failure.CORRUPT,
                "restore",
                name.toString(),
                "import job %d completed with 0 rows of %d: Milvus found no binlogs under %s in its own bucket"
                        .formatted(unit.jobId(), unit.expectedRows(), unit.place()),
                "Set minio.bucketName to the bucket that this Milvus reads. "
                        + tables.startOver(unit.sourceId(), name));
    }

    private MigratorException wrongCount(ImportUnit unit, long rows) {
        CollectionName name = name(unit);
        return MigratorException.unable(
                Failure.CORRUPT,
                "restore",
                name.toString(),
                "import job %d brought %s of %s, and the backup has %d"
                        .formatted(unit.jobId(), Counted.of(rows, "row"), unit.partitionText(), unit.expectedRows()),
                tables.startOver(unit.sourceId(), name));
    }

    /**
     * The unit to send again, or SERVER_FAILED after some attempts.
     *
     * @param left rows that the job left behind, see {@link Leftovers#remove}
     */
    ImportUnit failed(ImportUnit unit, String reason, long left) {
        count(unit, 0);
        leftovers.remove(unit, name(unit), left);
        ImportUnit again = unit.planned(unit.attempts() + 1);
        ledger.update(again);
        if (again.attempts() % ATTEMPTS == 0) {
            throw MigratorException.unable(
                    Failure.SERVER_FAILED,
                    "restore",
                    name(unit).toString(),
                    "Milvus failed import job %d for %s: %s".formatted(unit.jobId(), unit.place(), reason),
                    "Put right what it names, then run the same command again; what is imported stays.");
        }
        progress.note("import job %d failed (%s), trying again".formatted(unit.jobId(), reason));
        return again;
    }

    Collection<List<ImportUnit>> byPartition(List<ImportUnit> units) {
        return units.stream()
                .collect(Collectors.groupingBy(
                        unit -> List.of(unit.sourceId(), unit.turn(), unit.partition()),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values();
    }

    /**
     * Jobs of one partition that Milvus has forgotten, as it does some hours after they ended. Where the partition's
     * rows show that theirs are all there, they are imported; deletes are simply sent again.
     */
    List<ImportUnit> forgotten(List<ImportUnit> units) {
        ImportUnit first = units.get(0);
        if (first.deletesOnly()) {
            List<ImportUnit> again =
                    units.stream().map(unit -> unit.planned(unit.attempts())).toList();
            again.forEach(ledger::update);
            return again;
        }
        CollectionName name = name(first);
        long brought = target.rows(name.database(), name.collection(), first.partition())
                - tables.rowsBefore(first.sourceId(), first.partition());
        for (ImportUnit other : ledger.of(first.sourceId())) {
            if (other.partition().equals(first.partition()) && other.state() == ImportUnit.State.IMPORTED) {
                brought -= other.importedRows();
            }
        }
        requireNoneInDoubt(units, name, brought);
        long expected = units.stream().mapToLong(ImportUnit::expectedRows).sum();
        List<ImportUnit> uncertain = units.stream().filter(ImportUnit::deletes).toList();
        long removed = expected - brought;
        // A job that failed brought nothing: at least all rows of the smallest would be missing then.
        long smallest = units.stream().mapToLong(ImportUnit::expectedRows).min().orElse(0);
        boolean explained = removed == 0 || (uncertain.size() == 1 && removed > 0 && removed < smallest);
        if (!explained) {
            throw lost(units, name);
        }
        progress.note("Milvus has forgotten %s of %s, partition %s; the rows are there"
                .formatted(Counted.of(units.size(), "import job"), name, first.partition()));
        return units.stream()
                .map(unit -> settle(unit.imported(unit.expectedRows() - (unit.deletes() ? removed : 0))))
                .toList();
    }

    /** Rows that a call brought whose answer was lost may be those that are counted here. */
    private void requireNoneInDoubt(List<ImportUnit> units, CollectionName name, long brought) {
        ImportUnit first = units.get(0);
        for (ImportUnit other : ledger.of(first.sourceId())) {
            if (other.partition().equals(first.partition())
                    && !other.deletesOnly()
                    && other.state() == ImportUnit.State.SUBMITTING
                    && (other.deletes() || other.expectedRows() <= brought)) {
                throw lost(units, name);
            }
        }
    }

    private MigratorException lost(List<ImportUnit> units, CollectionName name) {
        return MigratorException.unable(
                Failure.SERVER_FAILED,
                "restore",
                name.toString(),
                "Milvus has forgotten import job "
                        + units.stream()
                                .map(ImportUnit::jobId)
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ")),
                "Whether its rows came in cannot be told. "
                        + tables.startOver(units.get(0).sourceId(), name));
    }
}
