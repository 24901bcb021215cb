package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.MigratorConfig;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job with two vaults: which file, variable and setting is whose. */
class TargetConfigTest {
    private static final String VAULT =
            "minio: {storageType: minio, address: %s, accessKeyID: k, secretAccessKey: s-of-%s, backupBucketName: %s}%n";

    @TempDir
    Path folder;

    private final CliRun cli = new CliRun();
    private JobRequest asked;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), VAULT.formatted("a", "a", "vault-a"));
        Files.writeString(folder.resolve("b.yaml"), VAULT.formatted("b", "b", "vault-b"));
    }

    private int run(Map<String, String> environment, String... words) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("MIGRATOR_STATE_DIR", folder.resolve("state").toString());
        return cli.run(
                folder,
                all,
                (request, progress) -> {
                    asked = request;
                    return new RunOutcome(null, "begun", new RunReport(), null);
                },
                words);
    }

    private MigratorConfig target() {
        return asked.config().otherSide();
    }

    @Test
    void eachSideHasItsFileItsVariablesAndItsSettings() {
        assertThat(run(
                        Map.of("MINIO_SECRET_KEY", "of-the-source", "TARGET_MINIO_ADDRESS", "b.other"),
                        "export",
                        "nightly",
                        "--to=y",
                        "--collection=book",
                        "--config=a.yaml",
                        "--target-config=b.yaml",
                        "--set=minio.backupRootPath=here",
                        "--target-set=minio.backupRootPath=there"))
                .as(cli.errorText())
                .isZero();

        assertThat(asked.job()).isEqualTo(JobKind.EXPORT);
        assertThat(asked.parameters()).isEqualTo(Map.of("name", "nightly", "to", "y", "collection", "book"));
        assertThat(asked.config().vault().bucketName()).isEqualTo("vault-a");
        assertThat(asked.config().vault().rootPath()).isEqualTo("here");
        assertThat(asked.config().vault().secretAccessKey().reveal()).isEqualTo("of-the-source");
        assertThat(target().vault().bucketName()).isEqualTo("vault-b");
        assertThat(target().vault().address()).isEqualTo("b.other");
        assertThat(target().vault().rootPath()).isEqualTo("there");
        assertThat(target().vault().secretAccessKey().reveal()).isEqualTo("s-of-b");
    }

    @Test
    void withoutOneThereIsOneVault() {
        assertThat(run(Map.of(), "--job=export", "name=nightly", "--config=a.yaml"))
                .isZero();
        assertThat(target()).isSameAs(asked.config());
    }

    @Test
    void aPresetMayNameIt() throws IOException {
        Files.writeString(
                Files.createDirectory(folder.resolve("jobs")).resolve("away.yaml"),
                "job: export\nconfig: a.yaml\ntarget-config: b.yaml\nparameters:\n  name: nightly\n");
        assertThat(run(Map.of(), "--job=away")).as(cli.errorText()).isZero();
        assertThat(target().vault().bucketName()).isEqualTo("vault-b");
    }

    @Test
    void aPresetOfAnotherJobMayNot() throws IOException {
        Files.writeString(
                Files.createDirectory(folder.resolve("jobs")).resolve("odd.yaml"),
                "job: verify\nconfig: a.yaml\ntarget-config: b.yaml\nparameters:\n  name: nightly\n");
        assertThat(run(Map.of(), "--job=odd")).isEqualTo(2);
        assertThat(cli.errorText()).contains("target-config is for the job export");
    }

    @ParameterizedTest
    @CsvSource({
        "--job=backup collection=c --target-config=b.yaml, is for the job export",
        "list --target-config=b.yaml, is for the job export",
        "--job=export name=n --target-config=missing.yaml, missing.yaml",
        "--job=export name=n --target-set=minio.port=9, needs --target-config",
        "--job=export name=n --target-config=b.yaml --target-set=minio.prt=9, minio.prt",
    })
    void whatIsWrongIsToldBeforeAnythingBegins(String line, String words) {
        List<String> all = new ArrayList<>(List.of(line.split(" ")));
        all.add("--config=a.yaml");
        assertThat(run(Map.of(), all.toArray(String[]::new))).isEqualTo(2);
        assertThat(cli.errorText()).contains(words);
    }
}
