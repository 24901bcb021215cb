package io.migrator.restore.proof;

import io.migrator.catalog.DeleteCount;
import io.migrator.catalog.KeyCount;
import io.migrator.failure.Counted;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.restore.imports.ImportBin;
import io.migrator.restore.imports.ImportUnit;
import io.migrator.selection.CollectionName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds the rows that came into one collection against its backup, import by import and partition by partition. */
final class RowProof {
    private final CollectionName name;
    private final boolean generatedKeys;
    private final boolean missesFiles;
    private final DeleteCount deletes;
    private final List<ImportUnit> units;
    private final Map<String, ImportBin> bins;
    private final Function<ImportBin, Optional<KeyCount>> keys;

    /**
     * @param name what the collection is called in Milvus
     * @param generatedKeys whether Milvus makes the primary keys, so that none is there twice
     * @param missesFiles whether Milvus fails an import that finds no files, as 2.4 and later do; 2.3 brings no rows then
     * @param deletes of all segments of the collection
     * @param units its imports
     * @param bins how it was cut into imports
     * @param keys reads the keys of an import's rows and deletes, for those that numbers alone do not explain
     */
    RowProof(
            CollectionName name,
            boolean generatedKeys,
            boolean missesFiles,
            DeleteCount deletes,
            List<ImportUnit> units,
            List<ImportBin> bins,
            Function<ImportBin, Optional<KeyCount>> keys) {
        this.keys = keys;
        this.name = name;
        this.generatedKeys = generatedKeys;
        this.missesFiles = missesFiles;
        this.deletes = deletes;
        this.units = units;
        this.bins = bins.stream()
                .filter(bin -> !bin.deletesOnly())
                .collect(Collectors.toMap(ImportBin::place, Function.identity(), (first, again) -> first));
    }

    static List<SegmentInfo> segments(CollectionInfo collection) {
        return collection.partitions().stream()
                .flatMap(partition -> partition.segments().stream())
                .filter(segment -> !segment.level0())
                .toList();
    }

    /**
     * What the imports of a partition brought.
     *
     * @param faults what is wrong with it, in words for a user
     * @param doubts fewer rows than there may be: right only where one delete entry removed several rows of the same key,
     *     or where deletes that were not counted removed them
     * @param foundNothing whether an import that had to bring rows brought none at all
     */
    record Verdict(RowWindow window, long imported, List<String> faults, List<String> doubts, boolean foundNothing) {}

    Verdict judge(PartitionInfo partition) {
        List<ImportUnit> own = units.stream()
                .filter(unit -> !unit.deletesOnly() && unit.partition().equals(partition.name()))
                .toList();
        long imported = own.stream().mapToLong(ImportUnit::importedRows).sum();
        RowWindow window = RowWindow.of(partition.segments(), deletes);
        List<String> faults = new ArrayList<>();
        List<String> doubts = new ArrayList<>();
        boolean foundNothing = false;
        int held = 0;
        boolean explained = false;
        for (ImportUnit unit : own) {
            ImportBin bin = bins.get(unit.place());
            // A Milvus that changed its version in between would be given other imports.
            if (bin != null && bin.rows() == unit.expectedRows()) {
                held++;
                RowWindow expected = RowWindow.of(bin.segments(), deletes);
                boolean outside = !expected.holds(unit.importedRows());
                // No row at all is what numbers explain most easily where there are many deletes.
                boolean nothing = unit.importedRows() == 0 && expected.most() > 0;
                Optional<KeyCount> byKey = outside || nothing || cannotTell(unit.importedRows(), expected)
                        ? keysOf(bin, unit, expected)
                        : Optional.empty();
                if (byKey.isPresent() && byKey.get().right() == unit.importedRows()) {
                    explained = true;
                } else if (byKey.isPresent()) {
                    boolean lost = unit.importedRows() < byKey.get().least();
                    foundNothing |= lost && unit.importedRows() == 0;
                    (lost ? faults : doubts).add(fault(partition, unit, expected) + byKeys(byKey.get()));
                } else if (outside || cannotTell(unit.importedRows(), expected)) {
                    foundNothing |= outside && unit.importedRows() == 0;
                    (!outside || isDoubt(unit.importedRows(), expected) ? doubts : faults)
                            .add(fault(partition, unit, expected));
                }
            }
        }
        boolean outside = !window.holds(imported);
        // Keys that explain an import explain less than numbers may of the partition, where all its imports were held.
        boolean heldByKeys = explained && held == own.size();
        if (!heldByKeys && faults.isEmpty() && doubts.isEmpty() && (outside || cannotTell(imported, window))) {
            foundNothing = outside && imported == 0;
            (!outside || isDoubt(imported, window) ? doubts : faults)
                    .add(fault(partition, "its imports", imported, window));
        }
        partition.segments().stream()
                .filter(RowProof::leftOut)
                .map(segment ->
                        "%s, partition %s: segment %d has files, but no rows by the backup's meta; it was left out"
                                .formatted(name, partition.name(), segment.segmentId()))
                .forEach(doubts::add);
        return new Verdict(window, imported, faults, doubts, foundNothing);
    }

    /** Not where more rows came in than there are: no delete explains that. */
    private Optional<KeyCount> keysOf(ImportBin bin, ImportUnit unit, RowWindow expected) {
        return unit.importedRows() > expected.most() ? Optional.empty() : keys.apply(bin);
    }

    private static String byKeys(KeyCount count) {
        return "; by their keys the deletes leave %d rows".formatted(count.right());
    }

    private String fault(PartitionInfo partition, ImportUnit unit, RowWindow expected) {
        return fault(partition, "import job " + unit.jobId() + " of " + unit.place(), unit.importedRows(), expected);
    }

    /** Of such a segment no import is made: how many rows it had to bring is not known. */
    private static boolean leftOut(SegmentInfo segment) {
        return !segment.level0() && segment.rows() == 0 && !segment.insertLogs().isEmpty();
    }

    /** Milvus allows a primary key twice, unless it makes the keys itself; one delete then removes both rows. */
    private boolean isDoubt(long imported, RowWindow window) {
        return !generatedKeys && imported > 0 && imported < window.least();
    }

    /** Every row may have been deleted; a Milvus that says nothing of files it misses may as well have read none. */
    private boolean cannotTell(long imported, RowWindow window) {
        return window.cannotTell(imported) || (!missesFiles && imported == 0 && window.most() > 0);
    }

    private String fault(PartitionInfo partition, String what, long imported, RowWindow window) {
        String sums = "%s, partition %s: %s brought %s, the backup has %s and %s"
                .formatted(
                        name,
                        partition.name(),
                        what,
                        Counted.of(imported, "row"),
                        Counted.of(window.most(), "row"),
                        Counted.of(window.entries(), "delete entry", "delete entries"));
        if (window.cannotTell(imported)) {
            return "%s, partition %s: %s brought %d of %s; whether deletes removed the others is not known (%s)"
                    .formatted(
                            name,
                            partition.name(),
                            what,
                            imported,
                            Counted.of(window.most(), "row"),
                            window.uncounted());
        }
        if (window.holds(imported)) {
            return sums + "; whether all were deleted, or Milvus found no files in its own bucket, is not known";
        }
        if (imported > window.most()) {
            return sums + ", so no more than " + window.most() + " may come in";
        }
        return sums + ", so at least " + window.least() + " must come in where no primary key is there twice";
    }
}
