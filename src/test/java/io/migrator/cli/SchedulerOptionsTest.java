package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.failure.Failure;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.request.JobRequest;
import io.migrator.launch.request.WhenLocked;
import io.migrator.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scheduler says of a run: {@code --run-label} and {@code --locked}. */
class SchedulerOptionsTest {
    private static final String[] BACKUP = {"--job=backup", "name=b", "collection=c"};

    @TempDir
    Path folder;

    private final CliRun cli = new CliRun();
    private JobRequest asked;

    private int run(Map<String, String> environment, String... more) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("MIGRATOR_STATE_DIR", folder.resolve("state").toString());
        String[] words = new String[BACKUP.length + more.length];
        System.arraycopy(BACKUP, 0, words, 0, BACKUP.length);
        System.arraycopy(more, 0, words, BACKUP.length, more.length);
        return cli.run(
                folder,
                all,
                (request, progress) -> {
                    asked = request;
                    progress.stage("copy", 1, 1);
                    progress.note("as an example");
                    return new RunOutcome(null, "done", new RunReport(), null);
                },
                words);
    }

    @Test
    void theLabelIsInEachLineAndTheRequest() throws IOException {
        assertThat(run(Map.of(), "--output=json", "--run-label=scheduled__2026-11-30T02:15:00+00:00"))
                .isZero();

        assertThat(asked.terms().label()).isEqualTo("scheduled__2026-11-30T02:15:00+00:00");
        assertThat(cli.text().lines().toList()).hasSizeGreaterThan(3);
        for (String line : cli.text().lines().toList()) {
            JsonNode json = new ObjectMapper().readTree(line);
            assertThat(json.path("run_label").asText()).as(line).isEqualTo("scheduled__2026-11-30T02:15:00+00:00");
        }
    }

    @Test
    void theVariableStandsInForTheOptionAndAnEmptyOneForNothing() {
        run(Map.of("MIGRATOR_RUN_LABEL", "from the environment"));
        assertThat(asked.terms().label()).isEqualTo("from the environment");
        run(Map.of("MIGRATOR_RUN_LABEL", "from the environment"), "--run-label=said");
        assertThat(asked.terms().label()).isEqualTo("said");
        run(Map.of("MIGRATOR_RUN_LABEL", ""), "--output=json");
        assertThat(asked.terms().label()).isEmpty();
        assertThat(cli.summary().has("run_label")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two\nlines", "\u001b[31mred", "turned\u202e"})
    void aLabelThatCannotBeShownIsRefused(String label) {
        assertThat(run(Map.of(), "--run-label=" + label)).isEqualTo(2);
        assertThat(cli.errorText()).contains("--run-label: ").doesNotContain("\u001b");
    }

    @Test
    void aLabelHasAnEnd() {
        assertThat(run(Map.of(), "--run-label=" + "x".repeat(200))).isZero();
        assertThat(run(Map.of(), "--run-label=" + "x".repeat(201))).isEqualTo(2);
        assertThat(cli.errorText()).contains("--run-label: has 201 characters; 200 are the most");
    }

    /** A scheduler sets it for all that it runs: no name of its is a reason to do no backup. */
    @Test
    void aLabelOfTheVariableIsMadeFit() {
        assertThat(run(Map.of("MIGRATOR_RUN_LABEL", "x".repeat(201)))).isZero();
        assertThat(asked.terms().label()).isEqualTo("x".repeat(200));
        assertThat(cli.errorText()
                        .lines()
                        .filter(line -> line.contains(
                                "environment variable MIGRATOR_RUN_LABEL: has 201 characters; 200 are the most")))
                .hasSize(1);

        assertThat(run(Map.of("MIGRATOR_RUN_LABEL", "two\nlines\u001b[31m"))).isZero();
        assertThat(asked.terms().label()).isEqualTo("two\\nlines\\u001b[31m");
        assertThat(cli.errorText()).contains("steer a terminal").doesNotContain("\u001b");

        assertThat(run(Map.of("MIGRATOR_RUN_LABEL", "x".repeat(199) + "\ud83d\ude00")))
                .isZero();
        assertThat(asked.terms().label()).isEqualTo("x".repeat(199));
    }

    @Test
    void ofAVariableThatTheOptionStandsInForNothingIsSaid() {
        assertThat(run(Map.of("MIGRATOR_RUN_LABEL", "x".repeat(201)), "--run-label=short"))
                .isZero();
        assertThat(cli.errorText()).doesNotContain("MIGRATOR_RUN_LABEL");
    }

    /** It goes through JSON and comes out the same. */
    @Test
    void aLabelMayHoldQuotes() {
        assertThat(run(Map.of(), "--output=json", "--run-label=a \"b\" \\ 'c' \u00e9"))
                .isZero();
        assertThat(cli.summary().path("run_label").asText()).isEqualTo("a \"b\" \\ 'c' \u00e9");
    }

    @ParameterizedTest
    @CsvSource({"ok,true,0", "fail,false,0", "wait:90s,false,90", "wait:10m,false,600", "wait:2h,false,7200"})
    void lockedIsOneOfThree(String said, boolean fine, long seconds) {
        assertThat(run(Map.of(), "--locked=" + said)).isZero();
        assertThat(asked.terms().whenLocked()).isEqualTo(new WhenLocked(fine, Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "wait", "wait:", "wait:10", "wait:0m", "wait:-1m", "wait:1d", "wait:9999999s"})
    void anythingElseIsRefused(String said) {
        assertThat(run(Map.of(), "--locked=" + said)).isEqualTo(2);
        assertThat(cli.errorText()).contains("--locked: '" + said + "' must be ok, fail or wait:DURATION");
    }

    @Test
    void lockedIsForJobs() {
        assertThat(cli.run(folder, new RunOutcome(Failure.STOPPED, "", new RunReport(), null), "list", "--locked=ok"))
                .isEqualTo(2);
        assertThat(cli.errorText()).contains("--locked is for jobs, not for 'list'");
    }
}
