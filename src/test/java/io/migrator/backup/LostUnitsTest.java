package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.model.CollectionModel;
import io.migrator.lab.JobState;
import io.migrator.lab.LocalFolders;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job database that has lost units of an unfinished incremental backup: files that no list holds would be swept. */
class LostUnitsTest {
    @TempDir
    Path workDir;

    private PooledGround ground;
    private SourceDouble source;

    @BeforeEach
    void start() throws Exception {
        source = SourceDouble.start(new LocalFolders(workDir), "2.4.15");
        ground = new PooledGround(source);
        CollectionModel one = source.collection("default", "c1");
        source.collection("default", "c2");
        ground.backup("a");
        source.segment(one, "_default", 7);
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    @ParameterizedTest
    @CsvSource({
        "manifests, delete from backup_unit",
        "manifests, delete from backup_unit where parent = 0",
        "manifests, delete from backup_unit where parent <> 0",
        "declare, delete from backup_unit where parent = 0"
    })
    void arePlannedAnew(String stage, String statement) throws Exception {
        assertThat(source.backup(new DiesAt(stage), PooledGround.words("b")).failure())
                .isNotNull();
        JobState.change(source.state(), beginning(), statement);

        ground.backup("b");

        assertThat(ground.copied("b")).isEqualTo(4);
        assertThat(ground.shared("b")).isEqualTo(8);
    }

    private static String beginning() {
        return JobState.inPostgres() ? "backup_b_" : "backup-b-";
    }
}
