package io.migrator.shipped;

import static io.migrator.shipped.DeployFiles.at;
import static io.migrator.shipped.DeployFiles.documents;
import static io.migrator.shipped.DeployFiles.map;
import static io.migrator.shipped.DeployFiles.notWorthRepeating;
import static io.migrator.shipped.DeployFiles.numbers;
import static io.migrator.shipped.DeployFiles.text;
import static io.migrator.shipped.DeployFiles.worthRepeating;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.cli.CliRun;
import io.migrator.failure.Failure;
import io.migrator.launch.RunOutcome;
import io.migrator.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** The files for schedulers agree with the program: its codes of exit, its words, its keys. */
class DeployTest {
    private static final Pattern COMMAND = Pattern.compile("migrator (--job=[^\\n\"']*)");
    private static final Set<String> JIL = Set.of(
            "insert_job",
            "job_type",
            "description",
            "machine",
            "owner",
            "command",
            "std_out_file",
            "std_err_file",
            "date_conditions",
            "days_of_week",
            "start_times",
            "timezone",
            "n_retrys",
            "success_codes",
            "max_run_alarm",
            "term_run_time",
            "alarm_if_fail",
            "alarm_if_terminated",
            "condition");

    @TempDir
    Path dir;

    @Test
    void eachKnowsTheCodesOfExit() throws IOException {
        for (String file : List.of("helm/migrator/templates/cronjobs.yaml", "kubernetes/migrator.yaml")) {
            assertThat(text(file)).contains("operator: In");
        }
        assertThat(numbers(text("helm/migrator/templates/cronjobs.yaml"), "values: \\[([0-9, ]+)]"))
                .isEqualTo(notWorthRepeating());
        assertThat(numbers(text("kubernetes/migrator.yaml"), "values: \\[([0-9, ]+)]"))
                .isEqualTo(notWorthRepeating());
        Set<Integer> ofTheUnit = new TreeSet<>(notWorthRepeating());
        // Of systemd itself: a credential is not there.
        ofTheUnit.add(243);
        assertThat(numbers(text("systemd/migrator@.service"), "RestartPreventExitStatus=([0-9 ]+)"))
                .isEqualTo(ofTheUnit);
        assertThat(numbers(text("airflow/migrator_nightly.py"), "skip_on_exit_code=([0-9]+)"))
                .containsExactly(Failure.LOCKED.exitCode());
        assertThat(numbers(text("control-m/nightly.json"), "\"CompletionStatus\": \"([0-9]+)\""))
                .isEqualTo(worthRepeating());
    }

    /** Whatever stands behind {@code migrator} in them is understood, and runs a preset of this repository. */
    @Test
    void eachCommandIsOneOfTheProgram() {
        List<String> tried = new ArrayList<>();
        for (String file : List.of(
                "systemd/migrator@.service",
                "airflow/migrator_nightly.py",
                "control-m/nightly.json",
                "autosys/nightly.jil")) {
            String said = text(file)
                    .replace("--job=%i", "--job=nightly")
                    .replace("{arguments}", "--job=verify")
                    .replaceAll("--run-label=(\\\\?\"[^\"]*\"|\\S+)", "--run-label=x");
            Matcher commands = COMMAND.matcher(said);
            while (commands.find()) {
                List<String> words =
                        new ArrayList<>(List.of(commands.group(1).strip().split(" +")));
                if (words.contains("--job=verify")) {
                    words.add("name=b");
                }
                assertThat(code(Path.of(""), words)).as("%s: %s", file, words).isZero();
                tried.add(file);
            }
        }
        assertThat(tried).hasSize(5);
    }

    private int code(Path folder, List<String> words) {
        return new CliRun()
                .run(
                        folder,
                        Map.of("MIGRATOR_STATE_DIR", dir.resolve("state").toString()),
                        (request, progress) -> new RunOutcome(null, "done", new RunReport(), null),
                        words.toArray(String[]::new));
    }

    /** What the chart writes into its ConfigMaps is read by the program, every preset and the configuration. */
    @Test
    void theValuesOfTheChartAreReadByTheProgram() throws IOException {
        Map<String, Object> values =
                documents(DeployFiles.CHART.resolve("values.yaml")).get(0);
        Files.createDirectories(dir.resolve("config"));
        Files.createDirectories(dir.resolve("jobs"));
        Files.writeString(dir.resolve("config/backup.yaml"), (String) values.get("config"));
        for (Object job : (List<?>) values.get("jobs")) {
            String preset = new Yaml(new DumperOptions()).dump(at(job, "preset"));
            Files.writeString(dir.resolve("jobs/" + at(job, "name") + ".yaml"), preset);
            assertThat(code(dir, List.of("--job=" + at(job, "name"))))
                    .as(preset)
                    .isZero();
        }
    }

    @Test
    void podsMayDoAsLittleAsTheyNeed() {
        List<Map<String, Object>> jobs = documents(DeployFiles.MANIFESTS).stream()
                .filter(document -> "CronJob".equals(document.get("kind")))
                .toList();

        assertThat(jobs).isNotEmpty().allSatisfy(job -> {
            assertThat(at(job, "spec", "concurrencyPolicy")).isEqualTo("Forbid");
            Object pod = at(job, "spec", "jobTemplate", "spec", "template", "spec");
            assertThat(at(pod, "restartPolicy")).isEqualTo("Never");
            assertThat(at(pod, "automountServiceAccountToken")).isEqualTo(false);
            assertThat(at(pod, "enableServiceLinks")).isEqualTo(false);
            assertThat((int) at(pod, "terminationGracePeriodSeconds")).isGreaterThanOrEqualTo(30);
            assertThat(map(at(pod, "securityContext")))
                    .containsEntry("runAsNonRoot", true)
                    .containsEntry("runAsUser", 65532);
            assertThat(at(pod, "securityContext", "seccompProfile", "type")).isEqualTo("RuntimeDefault");
            assertThat(map(at(pod, "containers", 0, "securityContext")))
                    .containsEntry("readOnlyRootFilesystem", true)
                    .containsEntry("allowPrivilegeEscalation", false)
                    .containsEntry("capabilities", Map.of("drop", List.of("ALL")));
        });
    }

    @Test
    void controlMReadsItsFile() throws IOException {
        JsonNode folder =
                new ObjectMapper().readTree(text("control-m/nightly.json")).get("MigratorNightly");
        JsonNode job = folder.get("MigratorBackup");

        assertThat(folder.path("Type").asText()).isEqualTo("SimpleFolder");
        assertThat(job.path("Type").asText()).isEqualTo("Job:Command");
        // It would make the job a cyclic one, which runs all day; the actions on codes rerun it.
        assertThat(job.has("Rerun")).isFalse();
        assertThat(job.at("/RerunLimit/Times").asInt()).isPositive();
        for (JsonNode part : job) {
            if (part.path("Type").asText().equals("If:CompletionStatus")) {
                assertThat(part.path("CompletionStatus").asText()).matches("[0-9]+|NOTOK");
                assertThat(part.toString()).contains("\"Action:");
            }
        }
    }

    /** One attribute a line, of the ones that AutoSys knows, each job begun by {@code insert_job}. */
    @Test
    void autoSysReadsItsFile() {
        String jil = text("autosys/nightly.jil").replaceAll("(?s)/\\*.*?\\*/", "");
        List<String> jobs = new ArrayList<>();
        for (String line : jil.lines().filter(line -> !line.isBlank()).toList()) {
            int colon = line.indexOf(':');
            String attribute = line.substring(0, Math.max(0, colon));
            assertThat(JIL).as(line).contains(attribute);
            assertThat(line.substring(colon + 1)).as(line).isNotBlank();
            if (attribute.equals("insert_job")) {
                jobs.add(line.substring(colon + 1).strip());
            }
            assertThat(jobs).as("insert_job is first").isNotEmpty();
        }
        assertThat(jobs).containsExactly("migrator_nightly", "migrator_nightly_expire");
    }

    /** A secret that is not there keeps the unit from beginning at all: which there are is for people to say. */
    @Test
    void noSecretIsAskedForThatMayNotBeThere() {
        assertThat(text("systemd/secrets.conf").lines().filter(line -> !line.startsWith("#")))
                .containsExactly("[Service]");
        assertThat(text("systemd/secrets.conf")).contains("LoadCredential=minio.secretAccessKey:");
    }

    /** Java compiles while it runs, and looks up names by netlink. */
    @Test
    void theUnitLeavesJavaWhatItNeeds() {
        String unit = text("systemd/migrator@.service");

        assertThat(unit).doesNotContain("\nMemoryDenyWriteExecute=").contains("AF_NETLINK");
        assertThat(numbers(unit, "TimeoutStopSec=([0-9]+)")).allMatch(seconds -> seconds > 25);
    }

    @Test
    void versionsAreThoseOfTheProject() {
        String version = Pattern.compile("<artifactId>migrator</artifactId>\\s*<version>([^<]+)<")
                .matcher(text(Path.of("pom.xml")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        assertThat(text("helm/migrator/Chart.yaml"))
                .contains("\nversion: " + version + "\n", "\nappVersion: " + version + "\n");
        assertThat(text("image/Dockerfile")).contains("VERSION=" + version + "\n");
        assertThat(text("kubernetes/migrator.yaml")).contains("image: \"migrator:" + version + "\"");
    }
}
