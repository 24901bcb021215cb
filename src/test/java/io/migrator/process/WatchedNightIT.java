package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.lab.PrometheusLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night on real servers: a backup, one that is killed, its rerun, a proof of it that fails. Whoever asks hears the same: of
 * {@code history}, of {@code list}, of Prometheus by file and by Pushgateway, of Alertmanager. What each of them said can be read
 * in {@code target/night.txt} afterwards.
 */
@ExtendWith(LabExtension.class)
final class WatchedNightIT {
    private static final List<String> WAYS = List.of("migrator", "node");

    @TempDir
    Path dir;

    private final MigrationLab lab;

    WatchedNightIT(MigrationLab lab) {
        this.lab = lab;
    }

    @Test
    void allTellTheSameNight() throws IOException {
        Optional<String> missing = PrometheusLab.missing();
        assumeTrue(missing.isEmpty(), () -> "no " + missing.orElse("") + " here: Debian has a package of that name");
        lab.parts();
        try (PrometheusLab site = PrometheusLab.start(dir, Path.of("deploy", "prometheus", "migrator.rules.yml"))) {
            Desk desk = desk(site);
            assertThat(desk.runHere("--job=nightly", "name=night_1")).returns(0, Outcome::exitCode);
            kill(desk, site);
            assertThat(desk.runHere("--job=nightly", "name=night_2")).returns(0, Outcome::exitCode);
            spoil("backup/night_2/binlogs/insert_log/");
            assertThat(desk.runHere("--job=proof", "name=night_2", "mode=deep")).returns(20, Outcome::exitCode);

            List<JsonNode> runs = parts(desk.runHere("history", "--output=json"), "runs");
            assertThat(runs)
                    .extracting(
                            run -> run.path("task").asText(),
                            run -> run.path("name").asText(),
                            run -> run.path("state").asText(),
                            run -> run.path("exit_code").asInt(-1),
                            run -> run.path("attempt").asInt())
                    .containsExactly(
                            tuple("nightly", "night_1", "ended", 0, 1),
                            tuple("nightly", "night_2", "killed", -1, 1),
                            tuple("nightly", "night_2", "ended", 0, 2),
                            tuple("proof", "night_2", "ended", 20, 1));
            assertThat(runs.get(1).path("stage").asText()).isEqualTo("copy");
            assertThat(proof(desk, "night_1")).isEmpty();
            assertThat(proof(desk, "night_2")).isEqualTo("true");

            awaitBoth(site, "migrator_running{task=\"nightly\",job=\"%s\"}", 0);
            awaitBoth(site, "migrator_last_run_exit_code{task=\"nightly\",job=\"%s\"}", 0);
            awaitBoth(site, "migrator_last_run_attempts{task=\"nightly\",job=\"%s\"}", 2);
            awaitBoth(
                    site,
                    "floor(migrator_last_success_timestamp_seconds{task=\"nightly\",job=\"%s\"})",
                    Instant.parse(runs.get(2).path("ended_at").asText()).getEpochSecond());
            awaitBoth(site, "migrator_last_run_exit_code{task=\"proof\",job=\"%s\"}", 20);
            awaitBoth(site, "migrator_last_run_damaged_objects{task=\"proof\",job=\"%s\"}", 1);
            assertThat(site.value("count(migrator_last_success_timestamp_seconds{task=\"proof\"})"))
                    .isEmpty();
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(site.alerts("proof"))
                    .contains("MigratorCorrupt", "MigratorRunFailed"));
            assertThat(site.alerts("nightly")).isEmpty();
            write(desk, site);
        }
    }

    private Desk desk(PrometheusLab site) throws IOException {
        Desk desk = lab.deskA(
                "metrics.textfile",
                site.textfiles().toString(),
                "metrics.pushgateway.url",
                site.gatewayUrl(),
                "metrics.interval",
                "1");
        Path jobs = Files.createDirectories(desk.config().resolveSibling("jobs"));
        Files.writeString(
                jobs.resolve("nightly.yaml"), "job: backup\nevery: 1d\nparameters: {collection: parts, name: n}\n");
        Files.writeString(jobs.resolve("proof.yaml"), "job: verify\nevery: 1d\nparameters: {name: n}\n");
        return desk;
    }

    /** Once it is seen to run: on a loaded machine a push may take its time. */
    private void kill(Desk desk, PrometheusLab site) {
        try (MigratorProcess process =
                desk.start("--job=nightly", "name=night_2", "in-flight=1", "chunk=2", "max-requests-per-second=1")) {
            assertThat(process.awaitUnlessEnded(
                            "2 objects",
                            () -> lab.vault().count("backup/night_2/binlogs/") >= 2,
                            Duration.ofMillis(50)))
                    .isTrue();
            awaitBoth(site, "migrator_running{task=\"nightly\",job=\"%s\"}", 1);
            assertThat(process.kill()).as("it was still copying").isTrue();
        }
        awaitBoth(site, "migrator_running{task=\"nightly\",job=\"%s\"}", 1);
    }

    /** One byte of one object is another, as of a disk. */
    private void spoil(String prefix) {
        String key = lab.vault().keys(prefix).iterator().next();
        byte[] bytes = lab.vault().read(key);
        bytes[bytes.length / 2] ^= 1;
        lab.vault().put(key, bytes);
    }

    private static void write(Desk desk, PrometheusLab site) throws IOException {
        Stream<String> told = Stream.of(List.of("history"), List.of("history", "night_2"), List.of("list"))
                .flatMap(words -> Stream.concat(
                        Stream.of("$ migrator " + String.join(" ", words)),
                        desk.runHere(words.toArray(String[]::new)).out().stream()));
        Files.write(
                Path.of("target", "night.txt"),
                Stream.concat(
                                told,
                                site.told(
                                                "migrator_(running|last_run_(exit_code|attempts|damaged_objects)|last_success_timestamp_seconds)")
                                        .lines())
                        .toList());
    }

    private static String proof(Desk desk, String backup) throws IOException {
        return parts(desk.runHere("list", "--output=json"), "backups").stream()
                .filter(one -> one.path("name").asText().equals(backup))
                .map(one -> one.path("last_proof").path("damaged").asText())
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> parts(Outcome told, String field) throws IOException {
        assertThat(told).returns(0, Outcome::exitCode);
        JsonNode summary = new ObjectMapper().readTree(told.out().get(told.out().size() - 1));
        return StreamSupport.stream(summary.path(field).spliterator(), false).toList();
    }

    private static void awaitBoth(PrometheusLab site, String expression, double value) {
        for (String way : WAYS) {
            String one = expression.formatted(way);
            await(one)
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> site.value(one).filter(seen -> seen == value).isPresent());
        }
    }
}
