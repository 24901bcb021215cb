package io.migrator.fake.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.S3Lab;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every type that Milvus 2.6 has, in structures and out of functions, too. */
class EveryTypeImportIT {
    @TempDir
    Path workDir;

    @Test
    void keepsTheRowsInBothStorageVersions() {
        try (S3Lab s3 = S3Lab.lease(workDir);
                ImportLab source = new ImportLab(s3, "2.6.12", "source", ImportSettings.FAST);
                ImportLab target = new ImportLab(s3, "2.6.12", "target", ImportSettings.FAST)) {
            CollectionModel full = source.collection(TypedSchemas.of26("every"));
            CollectionModel empty = target.collection(TypedSchemas.of26("every"));
            target.server().filling().partition(empty, "groups");
            SegmentWriter writer = new SegmentWriter(full.schema());
            SegmentModel plain = source.server()
                    .filling()
                    .segment(full, "_default", Kind.PLAIN, writer.rows(SegmentRows.of(30, 0, 1)));
            SegmentModel groups = source.server()
                    .filling()
                    .segment(
                            full,
                            "groups",
                            Kind.COLUMN_GROUPS,
                            writer.rows(SegmentRows.of(30, 30, 1).withStorageVersion(2)));

            JsonNode first = target.runJob("every", "_default", List.of(source.paths(plain)), Map.of("backup", "true"));
            JsonNode second = target.runJob(
                    "every", "groups", List.of(source.paths(groups)), Map.of("backup", "true", "storage_version", "2"));

            assertThat(first.path("reason").asText()).isEmpty();
            assertThat(second.path("reason").asText()).isEmpty();
            assertThat(target.rows(empty)).isEqualTo(source.rows(full));
            assertThat(target.rows(empty).rows()).isEqualTo(60);
        }
    }
}
