package io.migrator.fake.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.migrator.fake.data.DeltaForm;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.S3Lab;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.ImportState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports as Milvus 2.4 on does them, of rows. */
class JobImportIT {
    private static final Map<String, String> BACKUP = Map.of("backup", "true");

    @TempDir
    static Path workDir;

    private static S3Lab s3;
    private static ImportLab source;
    private static CollectionModel filled;
    private static SegmentModel first;

    @BeforeAll
    static void fill() {
        s3 = S3Lab.lease(workDir);
        source = new ImportLab(s3, "2.4.15", "source", ImportSettings.FAST);
        filled = source.collection(TypedSchemas.of23("typed"));
        SegmentWriter writer = new SegmentWriter(filled.schema());
        first = source.server()
                .filling()
                .segment(
                        filled,
                        "_default",
                        Kind.PLAIN,
                        writer.rows(SegmentRows.of(100, 0, 1).withDeletes(5, DeltaForm.JSON)));
        source.server()
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

    @ParameterizedTest
    @ValueSource(strings = {"2.4.2", "2.5.10", "2.6.4", "2.6"})
    void importsAPartitionOverRest(String version) {
        try (ImportLab target = new ImportLab(s3, version, "rest-" + version, ImportSettings.FAST)) {
            CollectionModel empty = target.collection(TypedSchemas.of23("typed"));

            JsonNode done = target.runJob("typed", "_default", List.of(partition()), BACKUP);

            assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("Completed");
            assertThat(done.path("progress").asInt()).isEqualTo(100);
            assertThat(done.path("importedRows").asInt()).isEqualTo(145);
            assertThat(done.path("collectionName").asText()).isEqualTo("typed");
            assertThat(target.rows(empty)).isEqualTo(source.rows(filled));
            assertThat(empty.segments()).hasSize(2).allSatisfy(segment -> assertThat(segment.storageVersion())
                    .isEqualTo(version.startsWith("2.6") ? 2 : 0));
            assertThat(target.post("list", Map.of("collectionName", "typed"))
                            .path("data")
                            .path("records"))
                    .hasSize(1);
        }
    }

    @Test
    void importsOverTheOldCallToo() {
        try (ImportLab target = new ImportLab(s3, "2.5.10", "grpc", ImportSettings.FAST)) {
            CollectionModel empty = target.collection(TypedSchemas.of23("typed"));

            GetImportStateResponse done = target.run("typed", "_default", partition(), "backup", "true");

            assertThat(done.getState()).isEqualTo(ImportState.ImportCompleted);
            assertThat(done.getRowCount()).isEqualTo(145);
            assertThat(target.rows(empty)).isEqualTo(source.rows(filled));
            assertThat(target.submit("typed", "_default", List.of("nowhere/", ""), "backup", "true")
                            .getStatus()
                            .getReason())
                    .contains("no binlog to import");
        }
    }

    @Test
    void listsNotRecursively() {
        try (ImportLab target = new ImportLab(s3, "2.5.10", "listing", ImportSettings.FAST)) {
            target.collection(TypedSchemas.of23("typed"));
            String segment = source.directory("insert_log", first);

            JsonNode fieldsAsSegments = target.runJob("typed", "_default", List.of(List.of(segment)), BACKUP);
            JsonNode itself = target.runJob("typed", "_default", List.of(List.of(withoutSlash(segment))), BACKUP);

            assertThat(fieldsAsSegments.path("state").asText()).isEqualTo("Failed");
            assertThat(fieldsAsSegments.path("reason").asText()).startsWith("no binlog for field:");
            assertThat(itself.path("importedRows").asInt()).isEqualTo(100);
        }
    }

    @Test
    void refusesWithACodeAndAMessage() {
        ImportSettings narrow = ImportSettings.BY_QUESTIONS.atMost(2, 1);
        try (ImportLab target = new ImportLab(s3, "2.5.10", "refusing", narrow)) {
            target.collection(TypedSchemas.of23("typed"));
            List<List<String>> good = List.of(partition());

            assertThat(message(target.create("nobody", "_default", good, BACKUP)))
                    .contains("collection not found");
            assertThat(message(target.create("typed", "", good, BACKUP)))
                    .isEqualTo("partition not specified: invalid parameter");
            assertThat(message(target.create("typed", "nowhere", good, BACKUP))).contains("partition not found");
            assertThat(message(target.create("typed", "_default", List.of(), BACKUP)))
                    .isEqualTo("import request is empty: invalid parameter");
            assertThat(message(target.create("typed", "_default", good, Map.of())))
                    .startsWith("unexpected file type");
            assertThat(message(target.create("typed", "_default", List.of(List.of("no/")), BACKUP)))
                    .isEqualTo("no binlog to import, input=[[no/]]: importing data failed");
            assertThat(message(target.create("typed", "_default", List.of(List.of("a/", "b/", "c/")), BACKUP)))
                    .startsWith("too many input paths for binlog import.");
            assertThat(message(target.create("typed", "_default", List.of(partition(), partition()), BACKUP)))
                    .as("counted in segments")
                    .isEqualTo("The max number of import files should not exceed 2, but got 4: importing data failed");
            assertThat(message(target.create("typed", "_default", good, Map.of("backup", "true", "timeout", "soon"))))
                    .startsWith("parse timeout failed");
            assertThat(target.create("typed", "_default", good, BACKUP)
                            .path("code")
                            .asInt())
                    .isZero();
            assertThat(message(target.create("typed", "_default", good, BACKUP)))
                    .startsWith("The number of jobs has reached the limit, please try again later.");
        }
    }

    @Test
    void showsFourStatesAndForgets() {
        ImportSettings forgetful = ImportSettings.BY_QUESTIONS.keeping(Duration.ZERO);
        try (ImportLab target = new ImportLab(s3, "2.6.12", "states", ImportSettings.BY_QUESTIONS);
                ImportLab forgetting = new ImportLab(s3, "2.4.15", "forgetting", forgetful)) {
            CollectionModel empty = target.collection(TypedSchemas.of23("typed"));
            String job = job(target.create("typed", "_default", List.of(partition()), BACKUP));

            List<String> seen = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                JsonNode data = target.describe(job);
                seen.add(data.path("state").asText() + data.path("progress").asText());
                assertThat(target.rows(empty).rows()).isEqualTo(i < 4 ? 0 : 145);
            }
            assertThat(seen)
                    .containsExactly(
                            "Pending0", "Importing10", "Importing40", "Importing70", "Importing80", "Completed100");
            target.ledger().forgetFinished();
            assertThat(target.describe(job).path("reason").asText())
                    .isEqualTo("import job does not exist, jobID=" + job);

            forgetting.collection(TypedSchemas.of23("typed"));
            JsonNode gone = forgetting.runJob("typed", "_default", List.of(partition()), BACKUP);
            assertThat(gone.path("state").asText()).isEqualTo("Failed");
            assertThat(gone.path("reason").asText()).startsWith("import job does not exist, jobID=");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2.4.23, 1793491200050, 0,  145",
        "2.4.23, 1793491200,    0,  0",
        "2.5.10, 1793491200050, 0,  -1",
        "2.5.10, 1793491200000, 18, 1",
        "2.6,    1793491200050, 18, 145",
    })
    void readsTheEndTimeAsItsReleaseDoes(String version, long time, int shift, int rows) {
        try (ImportLab target = new ImportLab(s3, version, "time-" + time + version, ImportSettings.FAST)) {
            target.collection(TypedSchemas.of23("typed"));

            JsonNode done = target.runJob(
                    "typed",
                    "_default",
                    List.of(partition()),
                    Map.of("backup", "true", "endTs", Long.toString(time << shift)));

            if (rows < 0) {
                assertThat(done.path("reason").asText()).startsWith("end_ts is not a valid hybrid timestamp, value=");
            } else {
                assertThat(done.path("importedRows").asInt()).isEqualTo(rows);
            }
        }
    }

    @Test
    void aFailedJobLeavesNoRows() {
        try (ImportLab target = new ImportLab(s3, "2.6", "failing", ImportSettings.FAST)) {
            CollectionModel empty = target.collection(TypedSchemas.of23("typed"));
            target.ledger().failNext("disk quota exceeded");

            JsonNode failed = target.runJob("typed", "_default", List.of(partition()), BACKUP);
            JsonNode next = target.runJob("typed", "_default", List.of(partition()), BACKUP);

            assertThat(failed.path("reason").asText()).startsWith("disk quota exceeded");
            assertThat(next.path("state").asText()).isEqualTo("Completed");
            assertThat(target.rows(empty).rows()).isEqualTo(145);
        }
    }

    private static List<String> partition() {
        return List.of(source.partitionDirectory("insert_log", first), source.partitionDirectory("delta_log", first));
    }

    private static String withoutSlash(String path) {
        return path.substring(0, path.length() - 1);
    }

    private static String message(JsonNode answer) {
        assertThat(answer.path("code").asInt()).as(answer.toString()).isPositive();
        return answer.path("message").asText();
    }

    private static String job(JsonNode accepted) {
        return accepted.path("data").path("jobId").asText();
    }
}
