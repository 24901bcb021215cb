package io.migrator.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.migrator.failure.Failure;
import io.migrator.lab.PrometheusLab;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights of backups, as a real Prometheus sees them through a real node_exporter and Pushgateway. */
class MonitoringIT {
    private static final String OF_FILE = "{task=\"nightly\",job=\"node\"}";
    private static final String OF_GATEWAY = "{task=\"nightly\",job=\"migrator\"}";

    @TempDir
    Path dir;

    @Test
    void seesSuccessFailureAndDamageAndRaisesTheAlerts() throws IOException {
        Optional<String> missing = PrometheusLab.missing();
        assumeTrue(missing.isEmpty(), () -> "no " + missing.orElse("") + " here: Debian has a package of that name");
        Path rules = Path.of("deploy", "prometheus", "migrator.rules.yml");
        try (PrometheusLab site = PrometheusLab.start(dir.resolve("site"), rules)) {
            Watched nightly = new Watched(dir)
                    .set("metrics.textfile", site.textfiles().toString())
                    .set("metrics.pushgateway.url", site.gatewayUrl())
                    .set("metrics.labels", "env=a \"b\" \\c/d");
            assertThat(nightly.run(null)).isZero();
            assertThat(nightly.errors()).doesNotContain("metrics.");
            for (String where : new String[] {OF_FILE, OF_GATEWAY}) {
                awaitValue(site, "migrator_last_run_success" + where, 1);
                awaitValue(site, "migrator_last_success_bytes" + where, 4096);
                awaitValue(site, "migrator_running" + where, 0);
                awaitValue(site, "migrator_expected_interval_seconds" + where, 86_400);
            }
            awaitValue(site, "count(migrator_last_run_success{env=\"a \\\"b\\\" \\\\c/d\"})", 2);
            awaitValue(site, "node_textfile_scrape_error", 0);
            double success = site.value("migrator_last_success_timestamp_seconds" + OF_GATEWAY)
                    .orElseThrow();
            assertThat(site.alerts("nightly")).isEmpty();

            assertThat(nightly.run(Failure.UNREACHABLE)).isEqualTo(5);
            for (String where : new String[] {OF_FILE, OF_GATEWAY}) {
                awaitValue(site, "migrator_last_run_exit_code" + where, 5);
                awaitValue(site, "migrator_last_success_timestamp_seconds" + where, success);
            }
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> site.alerts("nightly").contains("MigratorRunFailed"));

            assertThat(nightly.run(Failure.CORRUPT)).isEqualTo(20);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> site.alerts("nightly").contains("MigratorCorrupt"));
            awaitValue(site, "count(push_failure_time_seconds{task=\"nightly\"} > 0) or vector(0)", 0);
        }
    }

    private static void awaitValue(PrometheusLab site, String expression, double value) {
        await(expression)
                .atMost(Duration.ofMinutes(1))
                .until(() -> site.value(expression).filter(one -> one == value).isPresent());
    }
}
