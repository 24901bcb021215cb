package io.migrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.cli.CliRun;
import io.migrator.failure.Failure;
import io.migrator.launch.RunOutcome;
import io.migrator.record.RunRecording;
import io.migrator.record.Runs;
import io.migrator.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The word report, and the page that each run ends with. */
class ReportWordsTest {
    private static final Instant BEGIN = Instant.parse("2026-11-29T02:00:00Z");

    @TempDir
    Path dir;

    private CliRun run = new CliRun();

    @Test
    void isOfTheLastRunOrOfTheOneThatIsNamed() throws IOException {
        Path state = dir.resolve("state");
        Runs.ended(state, Runs.start("nightly", "n1", BEGIN), Failure.CORRUPT, "n1 is <damaged>");
        Runs.ended(state, Runs.start("proof", "n2", BEGIN.plusSeconds(60)), null, "n2 is whole");

        assertThat(report()).isZero();
        assertThat(run.text()).contains("Succeeded (exit code 0)", "n2 is whole");
        assertThat(report("n1")).isZero();
        assertThat(run.text()).contains("Failed (exit code 20, CORRUPT)", "n1 is &lt;damaged&gt;");
        assertThat(report("--task", "nightly", "--format", "md")).isZero();
        assertThat(run.text()).contains("# nightly - n1");
        assertThat(report("2026-11-29T02:01", "-o", dir.resolve("run.xml").toString(), "--format=junit"))
                .isZero();
        assertThat(dir.resolve("run.xml")).content().contains("<testsuite name=\"proof\"");
    }

    @Test
    @SuppressWarnings("try")
    void isOfARunThatStillGoesOn() {
        RunRecording recording = Runs.begin(dir.resolve("state"), Runs.start("nightly", "n1", BEGIN));
        recording.stage("copy", 30, 3000);
        recording.close();

        assertThat(report()).isZero();
        assertThat(run.text()).contains("Still running when this report was made", "<td>copy</td>");
    }

    @Test
    void mistakesAreTold() throws IOException {
        assertThat(report()).isEqualTo(10);
        assertThat(run.errorText()).contains("unable to report 'the last run': there is no record of such a run");
        Runs.ended(dir.resolve("state"), Runs.start("nightly", "n1", BEGIN), null, "");
        assertThat(report("weekly")).isEqualTo(10);
        assertThat(report("--format=pdf")).isEqualTo(2);
        assertThat(run.errorText()).contains("--format: 'pdf' must be html, junit or md");
        assertThat(report("-o", dir.resolve("nowhere/run.html").toString())).isEqualTo(2);
        assertThat(run.errorText()).contains("unable to write", "there is no such file or folder");
    }

    @Test
    void eachRunEndsWithItsPage() throws IOException {
        Path pages = Files.createDirectory(dir.resolve("pages"));
        for (int i = 0; i < 2; i++) {
            assertThat(verify(pages)).isEqualTo(20);
        }
        try (Stream<Path> files = Files.list(pages)) {
            assertThat(files.toList()).hasSize(2).allSatisfy(page -> assertThat(page)
                    .content()
                    .contains("Failed (exit code 20, CORRUPT)", "it is damaged"));
        }
        assertThat(verify(dir.resolve("nowhere/run.html"))).isEqualTo(20);
        assertThat(run.errorText()).containsOnlyOnce("report.html: unable to write");
    }

    private int verify(Path report) {
        run = new CliRun();
        return run.run(
                dir,
                Map.of(),
                (request, progress) -> new RunOutcome(Failure.CORRUPT, "it is damaged", new RunReport(), null),
                "--job=verify",
                "name=n",
                "--set",
                "report.html=" + report);
    }

    private int report(String... words) {
        run = new CliRun();
        return run.run(
                dir,
                Map.of(),
                (request, progress) -> new RunOutcome(null, "", new RunReport(), null),
                Stream.concat(Stream.of("report"), Stream.of(words)).toArray(String[]::new));
    }
}
