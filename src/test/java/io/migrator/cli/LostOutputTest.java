package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.cli.line.Terminal;
import io.migrator.config.read.ConfigLocation;
import io.migrator.failure.Failure;
import io.migrator.launch.RunOutcome;
import io.migrator.report.RunReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a run says does not always arrive: a full disk, a log file that cannot be written. */
final class LostOutputTest {
    @TempDir
    private Path folder;

    private final CliRun cli = new CliRun();
    private RunOutcome outcome = new RunOutcome(null, "", new RunReport(), null);

    @Test
    void aResultThatNobodyCanReadIsNoSuccess() {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        outcome = new RunOutcome(null, "backup b is complete", new RunReport(), null);

        assertThat(runOnFullDisk(errors, "--job=backup", "collection=c")).isEqualTo(5);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("migrator: unable to write 'standard output': ", "backup b is complete");
        assertThat(runOnFullDisk(errors, "--help")).isEqualTo(5);
        assertThat(runOnFullDisk(errors, "--version")).isEqualTo(5);
        assertThat(runOnFullDisk(errors, "config", "show")).isEqualTo(5);
        outcome = new RunOutcome(Failure.CORRUPT, "damaged", new RunReport(), null);
        assertThat(runOnFullDisk(errors, "--job=backup", "collection=c")).isEqualTo(20);
    }

    @Test
    void aLogFileThatCannotBeWrittenIsTold() throws IOException {
        Files.writeString(folder.resolve("taken"), "a file");
        outcome = new RunOutcome(null, "done", new RunReport(), null);

        assertThat(run(
                        "--job=backup",
                        "collection=c",
                        "--quiet",
                        "--set",
                        "log.file.filename=" + folder + "/taken/m.log"))
                .isZero();
        assertThat(errors())
                .anyMatch(line -> line.startsWith("migrator: unable to write '" + folder + "/taken/m.log': ")
                        && line.endsWith("Log lines go to standard error only; correct log.file.filename."));
    }

    @Test
    void logLinesThatGetLostAreTold() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
        // By a link: what is renamed by mistake is not the device.
        Path full = Files.createSymbolicLink(folder.resolve("full.log"), Path.of("/dev/full"));
        cli.run(
                folder,
                Map.of(),
                (request, progress) -> {
                    LoggerFactory.getLogger("io.migrator.test").error("a line");
                    return outcome;
                },
                "--job=backup",
                "collection=c",
                "--set",
                "log.console=false",
                "--set",
                "log.file.filename=" + full);
        assertThat(full).isSymbolicLink();
        assertThat(errors())
                .anyMatch(line -> line.startsWith("migrator: log lines are missing: ") && line.contains("full.log"));
    }

    private int runOnFullDisk(ByteArrayOutputStream errors, String... words) {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        return new Cli(
                        new PrintStream(full, true, StandardCharsets.UTF_8),
                        new PrintStream(errors, true, StandardCharsets.UTF_8),
                        Map.of(),
                        new ConfigLocation(folder, null),
                        Terminal.NONE,
                        (request, progress) -> outcome)
                .run(words);
    }

    private int run(String... words) {
        return cli.run(folder, outcome, words);
    }

    private List<String> errors() {
        return cli.errors();
    }
}
