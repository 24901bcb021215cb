package io.migrator.fake.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.data.DeltaForm;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.S3Lab;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.ImportResponse;
import io.milvus.grpc.ImportState;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports as Milvus 2.2 and 2.3 do them. */
class TaskImportIT {
    @TempDir
    static Path workDir;

    private static S3Lab s3;
    private static ImportLab source;
    private static CollectionModel filled;
    private static SegmentModel first;
    private static SegmentModel second;

    @BeforeAll
    static void fill() {
        s3 = S3Lab.lease(workDir);
        source = new ImportLab(s3, "2.3.5", "source", ImportSettings.FAST);
        filled = source.collection(TypedSchemas.of23("typed"));
        SegmentWriter writer = new SegmentWriter(filled.schema());
        first = source.server()
                .filling()
                .segment(
                        filled,
                        "_default",
                        Kind.PLAIN,
                        writer.rows(SegmentRows.of(100, 0, 1).withDeletes(5, DeltaForm.JSON)));
        second = source.server()
                .filling()
                .segment(
                        filled,
                        "_default",
                        Kind.PLAIN,
                        writer.rows(SegmentRows.of(50, 100, 1).withLogs(2)));
    }

    @AfterAll
    static void stop() {
        source.close();
        s3.close();
    }

    @Test
    void importsAPartitionWithItsDeletes() {
        try (ImportLab target = new ImportLab(s3, "2.3.5", "target-p", ImportSettings.FAST)) {
            CollectionModel empty = target.collection(TypedSchemas.of23("typed"));

            GetImportStateResponse done = target.run("typed", "_default", partition(), "backup", "true");

            assertThat(done.getState()).as(done.toString()).isEqualTo(ImportState.ImportCompleted);
            assertThat(done.getRowCount()).isEqualTo(145);
            assertThat(done.getSegmentIdsCount()).isEqualTo(2);
            assertThat(ImportLab.info(done, "backup")).isEqualTo("true");
            assertThat(ImportLab.info(done, "progress_percent")).isEqualTo("100");
            assertThat(target.rows(empty)).isEqualTo(source.rows(filled));
            assertThat(target.rows(empty).rows()).isEqualTo(145);
            assertThat(target.server().model().store().list("target-p/insert_log/" + empty.id() + "/"))
                    .hasSize(2 * 15);
        }
    }

    @Test
    void goesFrom22To22() {
        try (ImportLab old = new ImportLab(s3, "2.2.16", "source-22", ImportSettings.FAST);
                ImportLab target = new ImportLab(s3, "2.2.16", "target-22", ImportSettings.FAST)) {
            CollectionModel full = old.collection(TypedSchemas.small("small"));
            CollectionModel empty = target.collection(TypedSchemas.small("small"));
            SegmentModel segment = old.server()
                    .filling()
                    .segment(
                            full,
                            "_default",
                            Kind.PLAIN,
                            new SegmentWriter(full.schema()).rows(SegmentRows.of(30, 0, 1)));

            target.run("small", "_default", List.of(old.directory("insert_log", segment), ""), "backup", "true");

            assertThat(target.rows(empty)).isEqualTo(old.rows(full));
            assertThat(target.rows(empty).rows()).isEqualTo(30);
        }
    }

    @Test
    void takesASegmentWithoutASlashAndNoDeletes() {
        try (ImportLab target = new ImportLab(s3, "2.3.5", "target-s", ImportSettings.FAST)) {
            target.collection(TypedSchemas.of23("typed"));
            String directory = source.directory("insert_log", first);

            GetImportStateResponse done = target.run(
                    "typed", "_default", List.of(directory.substring(0, directory.length() - 1), ""), "backup", "True");

            assertThat(done.getRowCount()).isEqualTo(100);
        }
    }

    @Test
    void completesWithoutRowsWhereNothingLies() {
        try (ImportLab target = new ImportLab(s3, "2.3.5", "target-n", ImportSettings.FAST)) {
            target.collection(TypedSchemas.of23("typed"));

            GetImportStateResponse done =
                    target.run("typed", "_default", List.of("nowhere/", "nowhere/too/"), "backup", "true");

            assertThat(done.getState()).isEqualTo(ImportState.ImportCompleted);
            assertThat(done.getRowCount()).isZero();
        }
    }

    @Test
    void shiftsTheEndTimeSoThatSecondsTakeEveryRowAway() {
        try (ImportLab target = new ImportLab(s3, "2.3.5", "target-e", ImportSettings.FAST)) {
            target.collection(TypedSchemas.of23("typed"));
            long milliseconds = SegmentRows.SOME_TIME >> 18;

            assertThat(rows(target, Long.toString(milliseconds / 1000))).isZero();
            assertThat(rows(target, Long.toString(milliseconds + 1000))).isEqualTo(145);
            assertThat(target.submit("typed", "_default", partition(), "backup", "true", "end_ts", "soon")
                            .getStatus()
                            .getCode())
                    .isEqualTo(65535);
        }
    }

    private static long rows(ImportLab target, String end) {
        return target.run("typed", "_default", partition(), "backup", "true", "end_ts", end)
                .getRowCount();
    }

    @Test
    void refusesAndFailsInItsWords() {
        ImportSettings cleaning = ImportSettings.FAST.cleaningAfter(1);
        try (ImportLab target = new ImportLab(s3, "2.3.5", "target-r", cleaning)) {
            target.collection(TypedSchemas.of23("typed"));
            target.collection(TypedSchemas.small("small"));

            ImportResponse unnamed = target.submit("typed", "", partition(), "backup", "true");
            assertThat(unnamed.getStatus().getCode()).isEqualTo(1100);
            assertThat(unnamed.getStatus().getReason()).isEqualTo("partition not specified: invalid parameter");
            assertThat(target.submit("nobody", "_default", partition(), "backup", "true")
                            .getStatus()
                            .getReason())
                    .contains("collection not found");
            assertThat(target.state(42).getStatus().getCode()).isEqualTo(1000);
            assertThat(target.state(42).getStatus().getReason())
                    .isEqualTo("key not found[key=by-dev/meta/importtask/42]");

            assertThat(reason(target, "typed", List.of("a/b/")))
                    .isEqualTo("unsupported file type: 'a/b/': importing data failed");
            assertThat(reason(target, "typed", List.of("a/b.json", "")))
                    .isEqualTo("unsupported file type: 'a/b.json': importing data failed");
            assertThat(reason(target, "small", partition()))
                    .contains("the field ID 103 doesn't exist in collection schema");
        }
    }

    @Test
    void namesTheFieldThatIsMissingOrOfAnotherType() {
        try (ImportLab target = new ImportLab(s3, "2.3.5", "target-f", ImportSettings.FAST);
                ImportLab other = new ImportLab(s3, "2.3.5", "source-f", ImportSettings.FAST)) {
            target.collection(TypedSchemas.of23("typed"));
            CollectionModel small = other.collection(TypedSchemas.small("small"));
            SegmentModel segment = other.server()
                    .filling()
                    .segment(
                            small,
                            "_default",
                            Kind.PLAIN,
                            new SegmentWriter(small.schema()).rows(SegmentRows.of(3, 0, 1)));
            target.collection(TypedSchemas.swapped("swapped"));
            List<String> paths = List.of(other.directory("insert_log", segment), "");

            assertThat(reason(target, "typed", paths))
                    .isEqualTo("the field 103 has no binlog file: importing data failed");
            assertThat(reason(target, "swapped", paths)).startsWith("binlog is varchar type, unequal to field 101");
        }
    }

    private static String reason(ImportLab target, String collection, List<String> files) {
        GetImportStateResponse end = target.run(collection, "_default", files, "backup", "true");
        assertThat(end.getState()).isIn(ImportState.ImportFailed, ImportState.ImportFailedAndCleaned);
        return ImportLab.info(end, "failed_reason");
    }

    @Test
    void runsOneAfterTheOtherAndShowsEachState() {
        try (ImportLab target = new ImportLab(s3, "2.3.5", "target-o", ImportSettings.BY_QUESTIONS)) {
            CollectionModel empty = target.collection(TypedSchemas.of23("typed"));
            long one = target.submit("typed", "_default", partition(), "backup", "true")
                    .getTasks(0);
            long two = target.submit("typed", "_default", partition(), "backup", "true")
                    .getTasks(0);

            assertThat(target.state(two).getState()).isEqualTo(ImportState.ImportPending);
            assertThat(target.state(one).getState()).isEqualTo(ImportState.ImportStarted);
            assertThat(target.rows(empty).rows()).isZero();
            assertThat(target.state(one).getState()).isEqualTo(ImportState.ImportPersisted);
            assertThat(target.state(one).getState()).isEqualTo(ImportState.ImportCompleted);
            assertThat(target.rows(empty).rows()).isEqualTo(145);
            assertThat(target.await(two).getState()).isEqualTo(ImportState.ImportCompleted);
            assertThat(target.rows(empty).rows())
                    .as("importing twice doubles rows")
                    .isEqualTo(290);
        }
    }

    @Test
    void cleansUpAfterAFailureAndLosesTasksInARestart() {
        ImportSettings quick = ImportSettings.FAST.cleaningAfter(1);
        try (ImportLab target = new ImportLab(s3, "2.3.5", "target-c", quick);
                ImportLab stuck = new ImportLab(s3, "2.3.5", "target-k", ImportSettings.BY_QUESTIONS)) {
            CollectionModel empty = target.collection(TypedSchemas.of23("typed"));
            target.ledger().failNext("the disk is full");
            long task = target.submit("typed", "_default", partition(), "backup", "true")
                    .getTasks(0);
            GetImportStateResponse failed = target.await(task);
            assertThat(ImportLab.info(failed, "failed_reason")).contains("the disk is full");
            assertThat(target.state(task).getState()).isEqualTo(ImportState.ImportFailedAndCleaned);
            assertThat(target.rows(empty).rows()).isZero();

            stuck.collection(TypedSchemas.of23("typed"));
            long begun = stuck.submit("typed", "_default", partition(), "backup", "true")
                    .getTasks(0);
            stuck.state(begun);
            stuck.ledger().restarted();
            assertThat(ImportLab.info(stuck.state(begun), "failed_reason"))
                    .isEqualTo("task marked failed as service restarted");
        }
    }

    private static List<String> partition() {
        return List.of(source.partitionDirectory("insert_log", second), source.partitionDirectory("delta_log", second));
    }
}
