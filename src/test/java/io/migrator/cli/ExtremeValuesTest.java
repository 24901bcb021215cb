package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.migrator.config.SecondsProperty;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.ParameterSpec;
import io.migrator.report.RunReport;
import io.migrator.store.throttle.Throttle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every number that tunes a run, at and beyond its ends: refused (2) by its name, or one that a run can work with. */
class ExtremeValuesTest {
    private static final List<String> VALUES = List.of(
            "1",
            "0",
            "-1",
            "-0",
            "+1",
            "01",
            "1000000",
            "1000000000",
            "2147483647",
            "2147483648",
            "4294967296",
            "9223372036854775807",
            "9223372036854775808",
            "",
            " ",
            "1.5",
            "1e3",
            "0x10",
            "1_000",
            "\u0663",
            "many",
            "NaN",
            "999999999G",
            "1000000000G",
            "1T");
    /** Whatever a number is asked for, each of these is none. */
    private static final Set<String> NEVER = Set.of(
            "-1", "-0", "+1", "2147483648", "9223372036854775808", " ", "1.5", "1e3", "0x10", "\u0663", "many", "NaN");

    private static final RunOutcome DONE = new RunOutcome(null, "done", new RunReport(), null);

    @TempDir
    private Path folder;

    private final List<String> wrong = new ArrayList<>();

    private boolean taken(String name, String value, String... words) {
        CliRun run = new CliRun();
        int code = run.run(folder, Map.of(), (request, progress) -> DONE, words);
        if (code == 2 ? !run.errorText().contains(name) : code != 0) {
            wrong.add("%s=%s: %d %s".formatted(name, value, code, run.errorText()));
        }
        if (code == 0 && NEVER.contains(value)) {
            wrong.add("%s=%s is taken".formatted(name, value));
        }
        return code == 0;
    }

    private static boolean isNumber(ParameterSpec spec) {
        String allowed = spec.allowed();
        return !spec.identifying() && allowed != null && "5".matches(allowed) && !"many".matches(allowed);
    }

    @ParameterizedTest
    @EnumSource
    void ofParameters(JobKind job) {
        Map<String, Set<String>> taken = new TreeMap<>();
        for (ParameterSpec spec : job.parameters()) {
            for (String value : isNumber(spec) ? VALUES : List.<String>of()) {
                List<String> words = new ArrayList<>(List.of("--job=" + job.jobName(), "name=b"));
                if (job == JobKind.BACKUP) {
                    words.add("collection=c");
                }
                words.add(spec.name() + "=" + value);
                if (taken(spec.name(), value, words.toArray(String[]::new))) {
                    taken.computeIfAbsent(spec.name(), any -> new TreeSet<>()).add(value);
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(taken.keySet()).contains("max-requests-per-second");
        assertThat(taken.keySet())
                .contains(
                        job == JobKind.EXPIRE
                                ? new String[] {"keep-last", "keep-yearly", "min-good", "max-delete"}
                                : new String[] {"chunk", "in-flight", "max-bytes-per-second"});
        taken.forEach((name, values) -> {
            assertThat(values).as(name).contains("1");
            values.forEach(value -> {
                if (name.startsWith("max-bytes")) {
                    assertThat(Throttle.of(value, "").bytesPerSecond()).isPositive();
                } else {
                    // Of nothing that is kept, or may go, there is nothing.
                    int least = name.startsWith("keep-") || name.equals("max-delete") ? 0 : 1;
                    assertThat(Integer.parseInt(value)).as(name).isBetween(least, 1_000_000);
                }
            });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void ofConfigurationKeys(String version) throws IOException {
        Files.writeString(folder.resolve("backup.yaml"), "configVersion: " + version + "\n");
        CliRun show = new CliRun();
        show.run(folder, Map.of(), (request, progress) -> DONE, "config", "show", "--output=json");
        Set<String> numbers = new TreeSet<>();
        for (JsonNode setting : show.summary().path("settings")) {
            if (setting.path("value").asText().matches("[0-9]+")) {
                numbers.add(setting.path("key").asText());
            }
        }
        for (String key : numbers) {
            for (String value : VALUES) {
                // A port is none of a million; a limit may be nothing.
                taken(key, value, "config", "show", "--set", key + "=" + value);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(numbers.toString())
                .contains(version.equals("v1") ? "backup.parallelism.copydata" : "restore.maxSegmentsPerImportJob")
                .contains("multipartCopyThresholdMiB");
    }

    @Test
    void ofSystemProperties() {
        for (String value : VALUES) {
            System.setProperty("migrator.extreme.seconds", value);
            SecondsProperty property = new SecondsProperty("migrator.extreme.seconds", Duration.ofSeconds(7));
            try {
                if (value.equals("1") || value.isEmpty()) {
                    assertThat(property.value()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(7));
                } else {
                    assertThatThrownBy(property::value)
                            .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                                    .isEqualTo(Failure.USAGE));
                }
            } finally {
                System.clearProperty("migrator.extreme.seconds");
            }
        }
    }
}
