package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.config.ConfigLocation;
import io.migrator.failure.Failure;
import io.migrator.launch.RunOutcome;
import io.migrator.report.RunReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
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
                        "migrator: gc-pause: 'often' must match require|try|off",
                        "migrator: bad.yaml:2: unknown key 'minio.buketName', did you mean 'minio.bucketName'?",
                        "migrator: for help: migrator --job=backup --help");
        assertThat(text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--job=bakup -> unknown job 'bakup', did you mean backup?",
                "crate -> unknown word 'crate', did you mean create?",
                "backup collection=x -> unknown word 'backup', did you mean --job=backup?",
                "delete -> 'delete' needs the name of a backup: -n NAME",
                "list -n x -> option '-n' does not belong to 'list'",
                "list a=b -> parameter 'a' does not belong to 'list'",
                "delete -n x --dry-run -> --dry-run is for jobs, not for 'delete'",
                "create -c x -s _y -> option '-s' does not belong to 'create'",
                "create -c x collection=y -> -c and collection= cannot stand beside each other; give either",
                "restore -n x --restore_index index=none -> --restore_index and index= cannot stand beside each other; give either",
                "create --job=backup -c x -> --job cannot stand beside 'create'; give either",
                "--job=backup collection=x collection=y -> parameter 'collection' is given twice",
                "--job=backup --job=x collection=y -> option '--job' is given twice",
                "--job=backup collection= -> collection: must not be empty",
                "--job=backup collection=x name=1-x -> name: '1-x' must match [A-Za-z_][A-Za-z0-9_]{0,127}",
                "--job -> option '--job' needs a value",
                "create -c x --filter y -> -c and --filter cannot stand beside each other; give either",
                "create --meta_only --strategy skip_flush -> --meta_only and --strategy=skip_flush cannot stand",
                "create -a [1] -> -a: must be JSON such as",
                "create --strategy often -> strategy: 'often' must match",
                "verify -n b subset=0/3 -> subset: '0/3' must match",
                "verify -n b --mode deep --subset 1/0 -> subset: '1/0' must match",
                "verify -n b --mode deep --subset 101% -> subset: '101%' must match",
                "verify -n b --mode deep --subset half -> subset: 'half' must match",
                "restore -n x --filter a -c b -> --filter and -c cannot stand beside each other; give either",
                "restore -n x --drop_exist_collection --skip_create_collection -> --drop_exist_collection and",
                "list --filter x -> option '--filter' does not belong to 'list'",
                "--filter x -> option '--filter' belongs to create, restore",
                "-collection x -> unknown option '-collection'",
                "get -n a/b -> -n: 'a/b' is not the name of a backup",
            })
    void refuses(String line) {
        String[] words = line.split(" -> ");

        assertThat(run(words[0].split(" "))).isEqualTo(2);
        assertThat(errors()).anyMatch(error -> error.startsWith("migrator: " + words[1]));
    }

    @Test
    void saysWhatAPatternMeans() {
        assertThat(run("verify", "-n", "b", "--mode", "deep", "--subset", "0/3"))
                .isEqualTo(2);
        assertThat(errors()).anyMatch(error -> error.contains("(what mode=deep reads: n/m, the n-th of m shares"));
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

        out.reset();
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

        out.reset();
        assertThat(run("restore", "--name=b", "--rebuild_index", "--dry-run", "--output=json"))
                .isZero();
        assertThat(summary().at("/parameters/index").asText()).isEqualTo("yes");

        out.reset();
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
        return new Cli(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of(),
                        new ConfigLocation(folder, null),
                        0,
                        (request, progress) -> outcome)
                .run(words);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private List<String> errors() {
        return err.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.contains("no configuration file found"))
                .toList();
    }

    private JsonNode summary() {
        List<String> lines = text().lines().toList();
        try {
            return new ObjectMapper().readTree(lines.get(lines.size() - 1));
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + lines, e);
        }
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
