package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.catalog.BackupSummary;
import io.migrator.failure.Failure;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.rpc.Fault;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.lab.JobState;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.request.JobKind;
import io.milvus.grpc.ErrorCode;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that died with half a plan in its job database: the next one has to notice what is owed. */
@SuppressWarnings("deprecation") // the old code of a status
class RowsOwedTest {
    private static final String LIST = "GetPersistentSegmentInfo";
    /** An answer that says yes and no more. */
    private static final Fault NOTHING = new Fault.Refuse(new Refusal(0, ErrorCode.Success, ""));

    @TempDir
    Path workDir;

    private SourceDouble source;

    @BeforeEach
    void start() {
        source = SourceDouble.start(new LocalFolders(workDir), "2.4.15");
        CollectionModel made = source.collection("default", "c1");
        source.segment(made, "_default", 7);
    }

    @AfterEach
    void stop() {
        source.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from copy_plan; delete from backup_segment",
                "delete from copy_plan",
                "delete from backup_segment",
                "delete from copy_plan where seq = 0",
                "delete from copy_plan where segment_id = (select max(segment_id) from backup_segment);"
                        + " delete from backup_segment where segment_id = (select max(segment_id) from backup_segment)",
            })
    void isPlannedAnewWhereThePlanIsNotWholeAnyMore(String lost) throws Exception {
        requireAllRows(lost, "serial_flush");
    }

    @Test
    void isPlannedAnewWhereNoFlushReportedAnything() throws Exception {
        requireAllRows("delete from copy_plan; delete from backup_segment", "skip_flush");
    }

    private void requireAllRows(String lost, String strategy) throws Exception {
        String[] words = {"name=a", "collection=c1", "strategy=" + strategy};
        loseOfAnUnfinished(lost, words);

        RunOutcome outcome = source.backup(words);

        assertThat(outcome.failure()).as(outcome.message()).isNull();
        assertThat(rows("a")).isEqualTo(17);
        RunOutcome proof = source.run(JobKind.VERIFY, "name=a");
        assertThat(proof.failure()).as(proof.message()).isNull();
    }

    @Test
    void isKnownFromTheFlushAlone() throws Exception {
        String[] words = {"name=a", "collection=c1", "strategy=serial_flush"};
        loseOfAnUnfinished(
                "delete from copy_plan; delete from backup_segment;"
                        + " update backup_collection set planned_rows = 0, planned_objects = 0",
                words);

        RunOutcome outcome = source.backup(words);

        assertThat(outcome.failure()).as(outcome.message()).isNull();
        assertThat(rows("a")).isEqualTo(17);
    }

    /** A list without a segment, which a server gives for a while: its own count of rows says that there are some. */
    @ParameterizedTest
    @CsvSource({"2.6.12, bulk_flush", "2.4.15, serial_flush"})
    void isAskedOfMilvusWhereItListsNothing(String version, String strategy) {
        try (SourceDouble other = SourceDouble.start(new LocalFolders(workDir), version)) {
            other.collection("default", "c1");
            other.milvus().filling().collection("default", SourceDouble.schema("empty"));
            other.milvus().faults().next(LIST, NOTHING, NOTHING, NOTHING, NOTHING);

            RunOutcome outcome = other.backup("name=a", "collection=c1,empty", "strategy=" + strategy);

            assertThat(outcome.failure()).as(outcome.message()).isNull();
            assertThat(rows(other, "a")).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @CsvSource({"2.6.12, bulk_flush", "2.4.15, serial_flush"})
    void isNeverCompleteWhileMilvusListsNothing(String version, String strategy) {
        try (SourceDouble other = SourceDouble.start(new LocalFolders(workDir), version)) {
            other.collection("default", "c1");
            Fault[] always = new Fault[200];
            Arrays.fill(always, NOTHING);
            other.milvus().faults().next(LIST, always);

            RunOutcome outcome = other.backup("name=a", "collection=c1", "strategy=" + strategy);

            assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.SOURCE_CHANGED);
            assertThat(other.catalog().list()).noneMatch(one -> one.state() == BackupSummary.State.COMPLETE);
        }
    }

    /** A run that died before the manifests were written, and what was lost of its plan then. */
    private void loseOfAnUnfinished(String statements, String... words) throws Exception {
        assertThat(source.backup(new DiesAt("manifests"), words).failure()).isNotNull();
        JobState.change(source.state(), "backup", statements);
    }

    private long rows(String backup) {
        return rows(source, backup);
    }

    private static long rows(SourceDouble source, String backup) {
        return source.read(backup).collections().stream()
                .flatMap(collection -> collection.partitions().stream())
                .map(PartitionInfo::segments)
                .flatMap(segments -> segments.stream())
                .mapToLong(SegmentInfo::rows)
                .sum();
    }
}
