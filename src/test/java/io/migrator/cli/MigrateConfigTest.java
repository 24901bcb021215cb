package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateConfigTest {
    @TempDir
    private Path folder;

    private final CliRun cli = new CliRun();

    @BeforeEach
    void writeConfiguration() throws IOException {
        Files.writeString(folder.resolve("backup.yaml"), "minio:\n  bucketName: b\n  secretAccessKey: hidden\n");
    }

    @Test
    void leavesNoPasswordsBehindWhereTheFileCannotBeWritten() throws IOException {
        Files.createDirectories(folder.resolve("taken/by/a-folder"));

        assertThat(run("-o", "taken", "--force")).isEqualTo(2);

        assertThat(cli.errorText()).contains("unable to write");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("backup.yaml", "taken");
    }

    @Test
    void refusesSettingsOfTheCommandLine() {
        assertThat(run("--set", "minio.bucketName=c", "-o", "new.yaml")).isEqualTo(2);

        assertThat(cli.errorText()).contains("--set does not belong to 'config migrate'");
        assertThat(folder.resolve("new.yaml")).doesNotExist();
    }

    @Test
    void jsonHoldsTheSameYamlAsTheFile() throws IOException {
        assertThat(run("-o", "new.yaml")).isZero();
        cli.forget();

        assertThat(run("--output", "json")).isZero();

        JsonNode summary = new ObjectMapper().readTree(cli.text());
        assertThat(summary.path("yaml").asText()).isEqualTo(Files.readString(folder.resolve("new.yaml")));
    }

    private int run(String... words) {
        String[] all = new String[words.length + 2];
        all[0] = "config";
        all[1] = "migrate";
        System.arraycopy(words, 0, all, 2, words.length);
        return cli.run(
                folder,
                Map.of(),
                (request, progress) -> {
                    throw new AssertionError("no job was asked for");
                },
                all);
    }
}
