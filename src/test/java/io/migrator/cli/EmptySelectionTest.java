package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.launch.RunOutcome;
import io.migrator.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A selection that was given and names nothing does not mean everything. */
class EmptySelectionTest {
    private static final RunOutcome BEGUN = new RunOutcome(null, "begun", new RunReport(), null);

    @TempDir
    private Path folder;

    private final CliRun cli = new CliRun();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create|--filter|,",
                "create|--filter|",
                "create|--filter| ",
                "create|-c|,",
                "create|-d| , ",
                "create|collection=,",
                "create|collection=c|exclude=,",
                "create|collection=c|partition=,",
                "create|collection=c|partition=",
                "restore|-n|b|--filter|,",
                "restore|-n|b|--filter|",
                "restore|-n|b|-c|,",
                "restore|-n|b|collection=\t",
                "restore|-n|b|exclude=,,",
                "restore|-n|b|partition= ",
                "restore|-n|b|target-collection=,",
                "--job=backup|collection=",
                "--job=restore|name=b|collection=,",
                "--job=export|name=b|collection=",
                "export|b|--collection|,"
            })
    void isRefused(String line) {
        assertThat(cli.run(folder, BEGUN, line.split("\\|", -1))).isEqualTo(2);
        assertThat(cli.errorText()).contains("names nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "restore|-n|b", "create|--filter|a,,b", "create|collection=c|exclude="})
    void whatIsNotGivenOrNamesSomethingIsTaken(String line) {
        assertThat(cli.run(folder, BEGUN, line.split("\\|", -1)))
                .as(cli.errorText())
                .isZero();
    }

    @Test
    void anEmptyVariableInAPresetIsRefused() throws IOException {
        Files.writeString(
                Files.createDirectory(folder.resolve("jobs")).resolve("nightly.yaml"),
                "job: backup\nparameters:\n  collection: '*'\n  partition: ''\n");

        assertThat(cli.run(folder, BEGUN, "--job=nightly")).isEqualTo(2);
        assertThat(cli.errorText()).contains("partition: '' names nothing; '*' stands for everything");
    }

    @Test
    void theHintOfARestoresOldOptionLeadsToWhatItMeant() {
        cli.run(folder, BEGUN, "restore", "-n", "b", "-c", "a");

        assertThat(cli.errorText())
                .contains("-c is deprecated in milvus-backup; use collection=")
                .doesNotContain("--filter");
    }
}
