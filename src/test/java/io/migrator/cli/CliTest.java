package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.migrator.failure.Failure;
import io.migrator.launch.RunOutcome;
import io.migrator.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CliTest {
    @TempDir
    private Path folder;

    private final CliRun cli = new CliRun();
    private RunOutcome outcome = new RunOutcome(null, "", new RunReport(), null);

    @Test
    void showsEveryProblemAtOnceWithTheNearestName() throws IOException {
        Files.writeString(folder.resolve("bad.yaml"), "minio:\n  buketName: b\n");

        int code =
                run("--job=backup", "colection=x", "gc-pause=often", "--quite", "--output=xml", "--config", "bad.yaml");

        assertThat(code).isEqualTo(2);
        assertThat(errors())
                .containsExactly(
                        "migrator: unknown option '--quite', did you mean --quiet?",
                        "migrator: --output: 'xml' must be text or json",
                        "migrator: unknown parameter 'colection' of job backup, did you mean collection?",
                        "migrator: job backup needs collection=",
                        "migrator: gc-pause: 'often' must be require, try or off",
                        "migrator: bad.yaml:2: unknown key 'minio.buketName', did you mean 'minio.bucketName'?",
                        "migrator: for help: migrator --job=backup --help");
        assertThat(text()).isEmpty();
    }

    @Test
    void nothingToDoIsAnErrorThatShowsTheWay() {
        assertThat(run()).isEqualTo(2);
        assertThat(errors())
                .containsExactly(
                        "migrator: nothing to do: name a job with --job, or a word such as create, restore or list",
                        "migrator: for help: migrator --help");
    }

    @Test
    void helpNamesEveryWordOptionAndJob() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("jobs")).resolve("weekly.yaml"), "job: backup\n");

        assertThat(run("--help")).isZero();
        assertThat(text())
                .contains("--job=NAME", "--state-dir", "config show", "weekly", "restore")
                .contains("  21  ");
        assertThat(text().lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }

    @Test
    void helpOfAJobNamesEveryParameter() {
        assertThat(run("--job=restore", "--help")).isZero();
        assertThat(text()).contains("* name=", "* suffix=", "  index=", "yes, none, auto", "default yes");
    }

    @Test
    void dryRunShowsThePlanThatTheJobMakes() {
        RunReport report = new RunReport();
        report.table(new RunReport.Table("Plan", List.of("COLLECTION"), List.of(List.of("default.c"))));
        outcome = new RunOutcome(null, "", report, null);

        assertThat(run("create", "--filter", "c", "--dry-run", "--output=json")).isZero();
        assertThat(summary().at("/plan/0/rows/0/0").asText()).isEqualTo("default.c");

        cli.forget();
        outcome = new RunOutcome(Failure.NOT_FOUND, "no such collection", report, null);
        assertThat(run("create", "--filter", "c", "--dry-run")).isEqualTo(10);
        assertThat(text()).contains("collection", "given");
        assertThat(errors()).contains("migrator: no such collection");
    }

    @Test
    void versionIsTheBuilds() {
        assertThat(run("--version")).isZero();
        assertThat(text()).matches("migrator [0-9]+\\.[0-9]+\\.[0-9]+\\S*\n");
    }

    @Test
    void presetGivesParametersAndConfigAndTheCommandLineWins() throws IOException {
        Files.writeString(folder.resolve("own.yaml"), "minio:\n  bucketName: of-preset\n");
        Files.writeString(
                Files.createDirectory(folder.resolve("jobs")).resolve("nightly.yaml"),
                "job: backup\nconfig: own.yaml\nparameters:\n  collection: a,b\n  name: nightly_{date}\n  chunk: 10\n");

        assertThat(run("--job=nightly", "chunk=20", "--dry-run", "--output=json"))
                .isZero();

        JsonNode summary = summary();
        assertThat(summary.at("/parameters/collection").asText()).isEqualTo("a,b");
        assertThat(summary.at("/parameters/name").asText())
                .isEqualTo("nightly_" + LocalDate.now(ZoneOffset.UTC).toString().replace('-', '_'));
        assertThat(summary.at("/parameters/chunk").asText()).isEqualTo("20");
        assertThat(setting("minio.bucketName")).isEqualTo("of-preset");
        assertThat(summary.path("job_source").asText())
                .isEqualTo(Path.of("jobs", "nightly.yaml").toString());
    }

    @Test
    void presetMistakesAreShownWithTheirLines() throws IOException {
        Files.writeString(
                Files.createDirectory(folder.resolve("jobs")).resolve("broken.yaml"),
                "jop: backup\nparameters:\n  collection: [a, b]\n");

        assertThat(run("--job=broken")).isEqualTo(2);
        String file = Path.of("jobs", "broken.yaml").toString();
        assertThat(errors())
                .startsWith(
                        "migrator: " + file + ":1: unknown key 'jop', did you mean job?",
                        "migrator: " + file + ":3: collection: must be one value; several are separated by commas");
    }

    @Test
    void aBuiltInJobNeedsNoFile() {
        assertThat(run("--job=backup", "collection=a=b,c", "--dry-run", "--output=json"))
                .isZero();
        assertThat(summary().at("/parameters/collection").asText()).isEqualTo("a=b,c");
    }

    @Test
    void milvusBackupsWordsAreTheSameJobs() {
        assertThat(run("restore", "-n", "b", "-s", "_bak", "-c", "x,y", "-r", "x:z", "--dry-run", "--output=json"))
                .isZero();
        JsonNode parameters = summary().path("parameters");
        assertThat(parameters.path("name").asText()).isEqualTo("b");
        assertThat(parameters.path("suffix").asText()).isEqualTo("_bak");
        assertThat(parameters.path("collection").asText()).isEqualTo("x,y");
        assertThat(parameters.path("rename").asText()).isEqualTo("x:z");
        assertThat(parameters.path("index").asText()).isEqualTo("none");

        cli.forget();
        assertThat(run("restore", "--name=b", "--rebuild_index", "--dry-run", "--output=json"))
                .isZero();
        assertThat(summary().at("/parameters/index").asText()).isEqualTo("yes");

        cli.forget();
        assertThat(run("--job=restore", "name=b", "--dry-run", "--output=json")).isZero();
        assertThat(summary().at("/parameters/index").asText()).isEqualTo("yes");
    }

    @Test
    void anErrorIsTheLastJsonLineToo() {
        assertThat(run("--job=backup", "--output=json")).isEqualTo(2);
        JsonNode summary = summary();
        assertThat(summary.path("message_type").asText()).isEqualTo("summary");
        assertThat(summary.path("job").asText()).isEqualTo("backup");
        assertThat(summary.path("exit_code").asInt()).isEqualTo(2);
        assertThat(summary.path("failure").asText()).isEqualTo("USAGE");
        assertThat(summary.path("message").asText()).startsWith("job backup needs collection=");
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void aJobsFailureIsTheExitCodeAndTheLastJsonLine(Failure failure) {
        RunReport report = new RunReport();
        report.fact("rows", 7L);
        outcome = new RunOutcome(failure, "what happened", report, null);

        assertThat(run("--job=backup", "collection=c", "--output=json")).isEqualTo(failure.exitCode());
        assertThat(errors()).containsExactly("migrator: what happened");
        assertThat(summary().path("failure").asText()).isEqualTo(failure.name());
        assertThat(summary().path("exit_code").asInt()).isEqualTo(failure.exitCode());
        assertThat(summary().path("rows").asLong()).isEqualTo(7);
    }

    @Test
    void aJobsResultIsItsTablesAndItsMessage() {
        RunReport report = new RunReport();
        report.table(new RunReport.Table(
                "Rows", List.of("PARTITION", "ROWS"), List.of(List.of("_default", "1,000"), List.of("p", "7"))));
        outcome = new RunOutcome(null, "all proved", report, null);

        assertThat(run("--job=backup", "collection=c")).isZero();
        assertThat(text().lines())
                .containsExactly("", "Rows", "PARTITION   ROWS", "_default   1,000", "p              7", "all proved");
    }

    @Test
    void tracesAreShownOnlyWithDebug() {
        outcome = new RunOutcome(
                Failure.UNREACHABLE, "no answer", new RunReport(), new IllegalStateException("the origin"));

        run("--job=backup", "collection=c");
        assertThat(errors()).containsExactly("migrator: no answer");

        run("--job=backup", "collection=c", "--debug");
        assertThat(errors())
                .anyMatch(line -> line.startsWith("\tat "))
                .contains("java.lang.IllegalStateException: the origin");
    }

    private int run(String... words) {
        return cli.run(folder, outcome, words);
    }

    private String text() {
        return cli.text();
    }

    private List<String> errors() {
        return cli.errors();
    }

    private JsonNode summary() {
        return cli.summary();
    }

    private String setting(String key) {
        for (JsonNode setting : summary().path("settings")) {
            if (setting.path("key").asText().equals(key)) {
                return setting.path("value").asText();
            }
        }
        throw new AssertionError("no setting " + key);
    }
}
