package io.migrator.restore.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.catalog.DeleteCount;
import io.migrator.catalog.KeyCount;
import io.migrator.format.meta.Binlog;
import io.migrator.format.meta.FieldBinlog;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.milvus.ImportOrder.Dirs;
import io.migrator.restore.imports.ImportBin;
import io.migrator.restore.imports.ImportUnit;
import io.migrator.selection.CollectionName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class RowProofTest {
    private static final DeleteCount COUNTED = new DeleteCount(Map.of(1L, 3L, 2L, 70L), "");
    private static final DeleteCount UNCOUNTED = new DeleteCount(Map.of(), "too large");
    /** 100 rows with 3 deletes, 50 with 70, 40 without. */
    private Optional<KeyCount> keys = Optional.empty();

    private static final PartitionInfo PARTITION = new PartitionInfo(
            7, "p", 9, List.of(segment(1, 100, true), segment(2, 50, true), segment(3, 40, false)), 0, null);

    @Test
    void expectsNoFewerRowsThanTheDeletesOfEachSegmentLeave() {
        assertThat(RowWindow.of(PARTITION.segments(), COUNTED)).isEqualTo(new RowWindow(97 + 0 + 40, 190, 73, ""));
        assertThat(RowWindow.of(PARTITION.segments(), UNCOUNTED)).isEqualTo(new RowWindow(40, 190, 0, "too large"));
        assertThat(RowWindow.of(List.of(), COUNTED)).isEqualTo(new RowWindow(0, 0, 0, ""));
    }

    @ParameterizedTest
    @CsvSource({"137, true", "190, true", "160, true", "136, false", "191, false", "0, false"})
    void holdsAPartitionAgainstItsDeletes(long rows, boolean good) {
        RowProof.Verdict verdict = judge(COUNTED, List.of(unit(PARTITION.segments(), rows)));

        assertThat(verdict.faults().isEmpty()).isEqualTo(good);
        assertThat(verdict.imported()).isEqualTo(rows);
        assertThat(verdict.foundNothing()).isEqualTo(rows == 0);
    }

    @Test
    void namesRowsAndDeletesWhereRowsAreMissing() {
        assertThat(judge(COUNTED, List.of(unit(PARTITION.segments(), 136))).faults())
                .singleElement()
                .asString()
                .contains(
                        "db.coll", "partition p", "brought 136 rows", "190 rows", "73 delete entries", "at least 137");
    }

    @Test
    void findsOneEmptyImportThatTheDeletesOfAnotherWouldHide() {
        DeleteCount many = new DeleteCount(Map.of(1L, 3L, 2L, 49L), "");
        List<ImportUnit> units = List.of(
                unit(PARTITION.segments().subList(0, 2), 150),
                unit(PARTITION.segments().subList(2, 3), 0));

        RowProof.Verdict verdict = judge(many, units);

        assertThat(verdict.window().holds(verdict.imported())).isTrue();
        assertThat(verdict.foundNothing()).isTrue();
        assertThat(verdict.faults()).singleElement().asString().contains("dir3/", "brought 0 rows", "at least 40");
    }

    @ParameterizedTest
    @CsvSource({"190, 0, 0", "189, 0, 1", "40, 0, 1", "39, 1, 0"})
    void provesNothingLessThanAllRowsWhereDeletesWereNotCounted(long rows, int faults, int doubts) {
        RowProof.Verdict verdict = judge(UNCOUNTED, List.of(unit(PARTITION.segments(), rows)));

        assertThat(verdict.faults()).hasSize(faults);
        assertThat(verdict.doubts()).hasSize(doubts).allMatch(doubt -> doubt.contains("not known (too large)"));
    }

    @Test
    void doubtsThatEveryRowWasDeletedWhereMilvusMayHaveFoundNoFiles() {
        List<SegmentInfo> deleted = PARTITION.segments().subList(1, 2);
        List<ImportUnit> units = List.of(unit(deleted, 0));
        PartitionInfo partition = new PartitionInfo(7, "p", 9, deleted, 0, null);
        List<ImportBin> bins = List.of(bin(deleted));
        CollectionName name = new CollectionName("db", "coll");

        RowProof.Verdict silent = new RowProof(name, true, false, COUNTED, units, bins, bin -> keys).judge(partition);
        RowProof.Verdict telling = new RowProof(name, true, true, COUNTED, units, bins, bin -> keys).judge(partition);

        assertThat(silent.faults()).isEmpty();
        assertThat(silent.doubts()).singleElement().asString().contains("brought 0 rows", "found no files");
        assertThat(telling.faults()).isEmpty();
        assertThat(telling.doubts()).isEmpty();
    }

    /** Many deletes, of rows that are in no segment of the backup any more, explain by their number that none came. */
    @Test
    void asksKeysWhereNoRowCameThoughNumbersWouldExplainIt() {
        List<SegmentInfo> deleted = PARTITION.segments().subList(1, 2);
        PartitionInfo partition = new PartitionInfo(7, "p", 9, deleted, 0, null);
        keys = Optional.of(new KeyCount(45, 45));

        RowProof.Verdict verdict = new RowProof(
                        new CollectionName("db", "coll"),
                        true,
                        true,
                        COUNTED,
                        List.of(unit(deleted, 0)),
                        List.of(bin(deleted)),
                        bin -> keys)
                .judge(partition);

        assertThat(verdict.faults()).singleElement().asString().contains("the deletes leave 45 rows");
        assertThat(verdict.foundNothing()).isTrue();
    }

    @Test
    void doubtsASegmentOfFilesWithoutRows() {
        List<FieldBinlog> files = List.of(new FieldBinlog(100, List.of(new Binlog("i/4", 10, 4))));
        SegmentInfo odd = new SegmentInfo(4, 9, 7, 0, files, List.of(), 0, 0, false, null, 0);

        RowProof.Verdict verdict =
                proof(true, COUNTED, List.of()).judge(new PartitionInfo(7, "p", 9, List.of(odd), 0, null));

        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.doubts()).singleElement().asString().contains("segment 4 has files");
    }

    @Test
    void judgesAWholePartitionWhereItsImportsAreNotThoseOfThePlan() {
        ImportUnit strange = unit("elsewhere/", 190, 12);

        assertThat(judge(COUNTED, List.of(strange)).faults())
                .singleElement()
                .asString()
                .contains("its imports");
    }

    @Test
    void doubtsFewRowsWhereKeysMayBeThereTwiceButNeverTakesNone() {
        RowProof.Verdict few = judge(false, COUNTED, List.of(unit(PARTITION.segments(), 1)));
        RowProof.Verdict none = judge(false, COUNTED, List.of(unit(PARTITION.segments(), 0)));

        assertThat(few.faults()).isEmpty();
        assertThat(few.doubts()).hasSize(1);
        assertThat(none.faults()).hasSize(1);
    }

    /** Of two rows of one key one delete takes both; counted by their keys that is no doubt. */
    @Test
    void explainsByTheirKeysWhatNumbersDoNot() {
        List<ImportUnit> few = List.of(unit(PARTITION.segments(), 100));

        assertThat(judge(false, COUNTED, few).doubts()).hasSize(1);
        keys = Optional.of(new KeyCount(90, 100));
        assertThat(judge(false, COUNTED, few))
                .matches(all -> all.doubts().isEmpty() && all.faults().isEmpty());
        keys = Optional.of(new KeyCount(90, 101));
        assertThat(judge(false, COUNTED, few).doubts())
                .singleElement()
                .asString()
                .contains("the deletes leave 101 rows");
        keys = Optional.of(new KeyCount(101, 101));
        assertThat(judge(false, COUNTED, few).faults())
                .singleElement()
                .asString()
                .contains("the deletes leave 101 rows");
        keys = Optional.of(new KeyCount(0, 0));
        assertThat(judge(false, COUNTED, List.of(unit(PARTITION.segments(), 0))))
                .matches(all -> all.doubts().isEmpty() && all.faults().isEmpty() && !all.foundNothing());
    }

    private RowProof.Verdict judge(DeleteCount deletes, List<ImportUnit> units) {
        return judge(true, deletes, units);
    }

    private RowProof.Verdict judge(boolean generatedKeys, DeleteCount deletes, List<ImportUnit> units) {
        return proof(generatedKeys, deletes, units).judge(PARTITION);
    }

    private RowProof proof(boolean generatedKeys, DeleteCount deletes, List<ImportUnit> units) {
        List<ImportBin> bins = List.of(
                bin(PARTITION.segments()),
                bin(PARTITION.segments().subList(0, 2)),
                bin(PARTITION.segments().subList(2, 3)));
        return new RowProof(new CollectionName("db", "coll"), generatedKeys, false, deletes, units, bins, bin -> keys);
    }

    private static ImportBin bin(List<SegmentInfo> segments) {
        return new ImportBin(ImportBin.DATA, "p", segments, List.of(new Dirs(dir(segments), "")), true);
    }

    private static ImportUnit unit(List<SegmentInfo> segments, long imported) {
        long rows = segments.stream().mapToLong(SegmentInfo::rows).sum();
        return unit(dir(segments), rows, imported);
    }

    private static ImportUnit unit(String place, long rows, long imported) {
        return new ImportUnit(
                1, 9, ImportBin.DATA, "p", place, 0, true, rows, 0, ImportUnit.State.IMPORTED, 0, 5, imported, 0);
    }

    private static String dir(List<SegmentInfo> segments) {
        return "dir" + segments.get(0).segmentId() + (segments.size() == 3 ? "all" : "") + "/";
    }

    public static SegmentInfo segment(long id, long rows, boolean deletes) {
        List<FieldBinlog> deltas =
                deletes ? List.of(new FieldBinlog(0, List.of(new Binlog("d/" + id, 10, id)))) : List.of();
        return new SegmentInfo(id, 9, 7, rows, List.of(), deltas, 0, 0, false, null, 0);
    }
}
