package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.config.ConfigLocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateConfigTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeConfiguration() throws IOException {
        Files.writeString(folder.resolve("backup.yaml"), "minio:\n  bucketName: b\n  secretAccessKey: hidden\n");
    }

    @Test
    void leavesNoPasswordsBehindWhereTheFileCannotBeWritten() throws IOException {
        Files.createDirectories(folder.resolve("taken/by/a-folder"));

        assertThat(run("-o", "taken", "--force")).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("unable to write");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("backup.yaml", "taken");
    }

    @Test
    void refusesSettingsOfTheCommandLine() {
        assertThat(run("--set", "minio.bucketName=c", "-o", "new.yaml")).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--set does not belong to 'config migrate'");
        assertThat(folder.resolve("new.yaml")).doesNotExist();
    }

    @Test
    void jsonHoldsTheSameYamlAsTheFile() throws IOException {
        assertThat(run("-o", "new.yaml")).isZero();
        out.reset();

        assertThat(run("--output", "json")).isZero();

        JsonNode summary = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(summary.path("yaml").asText()).isEqualTo(Files.readString(folder.resolve("new.yaml")));
    }

    private int run(String... words) {
        String[] all = new String[words.length + 2];
        all[0] = "config";
        all[1] = "migrate";
        System.arraycopy(words, 0, all, 2, words.length);
        return new Cli(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of(),
                        new ConfigLocation(folder, null),
                        0,
                        (request, progress) -> {
                            throw new AssertionError("no job was asked for");
                        })
                .run(all);
    }
}
