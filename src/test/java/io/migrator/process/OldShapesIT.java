package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.migrator.format.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backups of the shape that milvus-backup 0.1 to 0.3 left, into a real Milvus 2.3.5 and into a double of 2.6. */
@ExtendWith(LabExtension.class)
final class OldShapesIT {
    private static final String BUCKET = "old-shapes";
    private static final String STAGED = "old-shapes-elsewhere";

    private static DoubleServer later;

    private final MigrationLab lab;

    OldShapesIT(MigrationLab lab) {
        this.lab = lab;
    }

    @BeforeAll
    static void start(MigrationLab lab) {
        lab.store().createBucket(STAGED);
        later = DoubleServer.start(lab.store(), "2.6.12", BUCKET);
    }

    @AfterAll
    static void stop() {
        later.close();
    }

    @ParameterizedTest
    @CsvSource({
        "old_shared,       true,  true,  true,  bucket-b",
        "old_bare,         false, false, true,  bucket-b",
        "old_bare_levels,  false, false, false, bucket-b",
        "old_staged,       true,  false, false, vault-c"
    })
    void comeIntoAReal235Once(String name, boolean groups, boolean database, boolean full, String vault) {
        SampleFiles.upload(new OldShape(name, groups, database, full).files(), lab.bucket(vault), name);

        Outcome outcome = lab.deskB("minio.backupBucketName", vault)
                .runHere("--job=restore", "name=" + name, "collection=all_types", "suffix=_" + name);

        assertThat(outcome).returns(0, Outcome::exitCode);
        assertThat(lab.filesOfB("all_types_" + name)).isEqualTo(SampleFiles.rows(Samples.V0_4, "all_types"));
        assertThat(lab.importTasks("all_types_" + name))
                .as("one for each partition")
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "new_shared,       true,  true,  true,  " + BUCKET + ", 7",
        "new_shared_level, true,  false, false, " + BUCKET + ", 7",
        "new_bare,         false, false, true,  " + BUCKET + ", 6",
        "new_bare_levels,  false, true,  false, " + BUCKET + ", 6",
        "new_staged,       true,  true,  true,  " + STAGED + ", 6",
        "new_bare_staged,  false, false, false, " + STAGED + ", 6"
    })
    void comeIntoALaterReleaseOnce(
            String name, boolean groups, boolean database, boolean full, String vault, int directories) {
        SampleFiles.upload(new OldShape(name, groups, database, full).files(), lab.bucket(vault), name);
        later.server().log().clear();

        Outcome outcome = lab.deskOf(later, vault).runHere("--job=restore", "name=" + name, "suffix=_" + name);

        assertThat(outcome).returns(0, Outcome::exitCode);
        for (String collection : List.of("all_types", "pk")) {
            assertThat(later.rows(collection + "_" + name)).isEqualTo(SampleFiles.rows(Samples.V0_4, collection));
        }
        assertThat(imported()).as("each directory once").doesNotHaveDuplicates().hasSize(directories);
    }

    /** The insert directories that the double was told to import. */
    private static List<String> imported() {
        List<String> directories = new ArrayList<>();
        for (var entry : later.server().log().of("/v2/vectordb/jobs/import/create")) {
            ((JsonNode) entry.message())
                    .path("files")
                    .forEach(paths -> directories.add(paths.path(0).asText()));
        }
        return directories;
    }
}
