package io.migrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        assertThat(run("-o", "x".repeat(300))).isEqualTo(2);

        assertThat(cli.errorText()).contains("unable to write");
        assertThat(folder.toFile().list()).containsExactly("backup.yaml");
    }

    @Test
    void replacesPlainFilesOnly() throws IOException {
        Path behind = Files.writeString(folder.resolve("behind.yaml"), "kept");
        Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), behind);
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling.yaml"), folder.resolve("nothing"));
        Path plain = Files.writeString(folder.resolve("plain.yaml"), "old");

        for (String name : List.of("link.yaml", "dangling.yaml", "/dev/null")) {
            assertThat(run("-o", name, "--force")).as(name).isEqualTo(14);
            assertThat(cli.errorText()).contains(name + "': it is no plain file");
        }
        assertThat(run("-o", "dangling.yaml")).isEqualTo(14);
        assertThat(run("-o", "plain.yaml")).isEqualTo(14);
        assertThat(run("-o", "plain.yaml", "--force")).isZero();

        assertThat(behind).hasContent("kept");
        assertThat(link).isSymbolicLink();
        assertThat(dangling).isSymbolicLink();
        assertThat(plain).content().contains("configVersion: v2");
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
