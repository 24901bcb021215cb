package io.migrator.fake.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.migrator.fake.data.Deletion;
import io.migrator.fake.data.DeltaForm;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Loaded;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.S3Lab;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Imports into schemas that differ, from column groups, and of deletes alone. */
class FieldAndLevelZeroIT {
    private static final Map<String, String> BACKUP = Map.of("backup", "true");
    private static final Map<String, String> GROUPS = Map.of("backup", "true", "storage_version", "2");
    private static final Map<String, String> LEVEL_ZERO = Map.of("l0_import", "true");

    @TempDir
    static Path workDir;

    private static S3Lab s3;
    private static ImportLab source;
    private static CollectionModel small;
    private static SegmentModel plain;
    private static SegmentModel groups;

    @BeforeAll
    static void fill() {
        s3 = S3Lab.lease(workDir);
        source = new ImportLab(s3, "2.6", "source", ImportSettings.FAST);
        small = source.collection(TypedSchemas.small("small"));
        SegmentWriter writer = new SegmentWriter(small.schema());
        plain = source.server().filling().segment(small, "_default", Kind.PLAIN, writer.rows(SegmentRows.of(10, 0, 1)));
        groups = source.server()
                .filling()
                .segment(
                        small,
                        "p2",
                        Kind.COLUMN_GROUPS,
                        writer.rows(
                                SegmentRows.of(20, 10, 1).withStorageVersion(2).withDeletes(3, DeltaForm.BARE)));
    }

    @AfterAll
    static void stop() {
        source.close();
        s3.close();
    }

    @Test
    void readsColumnGroupsOnlyWhereItIsTold() {
        try (ImportLab target = new ImportLab(s3, "2.6", "groups", ImportSettings.FAST)) {
            CollectionModel empty = target.collection(TypedSchemas.small("small"));

            JsonNode told = target.runJob("small", "_default", List.of(of(groups)), GROUPS);
            JsonNode untold = target.runJob("small", "_default", List.of(of(groups)), BACKUP);
            JsonNode wrongly = target.runJob("small", "_default", List.of(of(plain)), GROUPS);
            target.runJob("small", "_default", List.of(of(plain)), BACKUP);

            assertThat(told.path("importedRows").asInt()).as(told.toString()).isEqualTo(17);
            assertThat(untold.path("reason").asText()).startsWith("no binlog for field:id");
            assertThat(wrongly.path("state").asText()).isEqualTo("Failed");
            assertThat(target.rows(empty)).isEqualTo(source.rows(small));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2.5.10, no binlog for field:late: importing data failed",
        "2.6.4,  ''",
    })
    void fillsAFieldThatTheFilesLackFrom26On(String version, String reason) {
        try (ImportLab target = new ImportLab(s3, version, "more-" + version, ImportSettings.FAST)) {
            CollectionModel more = target.collection(TypedSchemas.small("small").toBuilder()
                    .addFields(FieldSchema.newBuilder()
                            .setName("late")
                            .setFieldID(103)
                            .setDataType(DataType.Int64)
                            .setNullable(true))
                    .build());

            JsonNode end = target.runJob("small", "_default", List.of(of(plain)), BACKUP);

            assertThat(end.path("reason").asText()).isEqualTo(reason);
            assertThat(target.rows(more).rows()).isEqualTo(reason.isEmpty() ? 10 : 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2.5.10, field not found[field=103]: importing data failed",
        "2.6.4,  ''",
    })
    void leavesOutAFieldThatTheTargetLacksFrom26On(String version, String reason) {
        try (ImportLab old = new ImportLab(s3, "2.4.15", "dynamic-" + version, ImportSettings.FAST);
                ImportLab target = new ImportLab(s3, version, "less-" + version, ImportSettings.FAST)) {
            CollectionModel wide = old.collection(TypedSchemas.small("small").toBuilder()
                    .setEnableDynamicField(true)
                    .build());
            CollectionModel less = target.collection(TypedSchemas.small("small"));
            SegmentModel segment = old.server()
                    .filling()
                    .segment(
                            wide,
                            "_default",
                            Kind.PLAIN,
                            new SegmentWriter(wide.schema()).rows(SegmentRows.of(10, 0, 1)));

            JsonNode end = target.runJob("small", "_default", List.of(old.paths(segment)), BACKUP);

            assertThat(end.path("reason").asText()).isEqualTo(reason);
            assertThat(target.rows(less).rows()).isEqualTo(reason.isEmpty() ? 10 : 0);
        }
    }

    @ParameterizedTest
    @EnumSource(DeltaForm.class)
    void appliesDeletesOfEveryFormToThePartitionOrTheCollection(DeltaForm form) {
        try (ImportLab old = new ImportLab(s3, "2.6", "l0-source-" + form, ImportSettings.FAST);
                ImportLab target = new ImportLab(s3, "2.6", "l0-" + form, ImportSettings.FAST)) {
            CollectionModel full = old.collection(TypedSchemas.small("small"));
            CollectionModel empty = target.collection(TypedSchemas.small("small"));
            target.server().filling().partition(empty, "p2");
            SegmentWriter writer = new SegmentWriter(full.schema());
            SegmentModel a =
                    old.server().filling().segment(full, "_default", Kind.PLAIN, writer.rows(SegmentRows.of(10, 0, 1)));
            SegmentModel b =
                    old.server().filling().segment(full, "p2", Kind.PLAIN, writer.rows(SegmentRows.of(10, 10, 1)));
            List<Deletion> deletions = List.of(
                    writer.deletion(1, SegmentRows.SOME_TIME + 1000),
                    writer.deletion(11, SegmentRows.SOME_TIME + 1000));
            SegmentModel inPartition =
                    old.server().filling().segment(full, "p2", Kind.DELETES, writer.deletes(deletions, form));
            SegmentModel everywhere = old.server()
                    .filling()
                    .deletesEverywhere(
                            full, writer.deletes(List.of(writer.deletion(2, SegmentRows.SOME_TIME + 1000)), form));

            target.runJob("small", "_default", List.of(old.paths(a)), BACKUP);
            target.runJob("small", "p2", List.of(old.paths(b)), BACKUP);
            assertThat(target.rows(empty).rows()).isEqualTo(20);
            target.runJob("small", "p2", List.of(List.of(old.directory("delta_log", inPartition))), LEVEL_ZERO);
            assertThat(target.rows(empty).rows()).isEqualTo(19);
            target.runJob("small", "", List.of(List.of(old.directory("delta_log", everywhere))), LEVEL_ZERO);

            assertThat(target.rows(empty).rows()).isEqualTo(18);
            assertThat(target.rows(empty)).isEqualTo(old.rows(full));
        }
    }

    @Test
    void wantsTheCollectionReleasedAndOnePathForDeletes() {
        try (ImportLab target = new ImportLab(s3, "2.6.4", "l0-rules", ImportSettings.FAST);
                ImportLab newer = new ImportLab(s3, "2.6.5", "l0-newer", ImportSettings.FAST)) {
            CollectionModel loaded = target.collection(TypedSchemas.small("loaded"));
            loaded.setLoaded(new Loaded(true, Set.of(), 1));
            target.collection(TypedSchemas.small("small"));
            newer.collection(TypedSchemas.small("small"));
            List<List<String>> two = List.of(List.of("a/"), List.of("b/"));

            assertThat(target.create("loaded", "", List.of(List.of("a/")), LEVEL_ZERO)
                            .path("message")
                            .asText())
                    .startsWith("for l0 import, collection cannot be loaded, please release it first");
            assertThat(target.create("small", "", two, LEVEL_ZERO).path("code").asInt())
                    .isEqualTo(2100);
            assertThat(newer.runJob("small", "", two, LEVEL_ZERO).path("state").asText())
                    .as("finding no deletes is no fault")
                    .isEqualTo("Completed");
            assertThat(target.runJob("small", "", List.of(List.of("a/", "b/")), LEVEL_ZERO)
                            .path("reason")
                            .asText())
                    .startsWith("there should be one prefix, but got [a/, b/]");
        }
    }

    private static List<String> of(SegmentModel segment) {
        return source.paths(segment);
    }
}
