package io.migrator.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Debian's Prometheus with a node_exporter, a Pushgateway and an Alertmanager, as a site has them that watches backups. */
public final class PrometheusLab implements AutoCloseable {
    private static final Path BIN = Path.of("/usr/bin");
    private static final List<String> NEEDED =
            List.of("prometheus", "prometheus-node-exporter", "prometheus-pushgateway", "prometheus-alertmanager");
    private static final Duration START = Duration.ofMinutes(1);

    private final List<ServerProcess> servers = new ArrayList<>();
    private final int prometheus = FreePorts.one();
    private final int exporter = FreePorts.one();
    private final int gateway = FreePorts.one();
    private final int alertmanager = FreePorts.one();
    private final Path textfiles;

    private PrometheusLab(Path folder, Path rules) throws IOException {
        textfiles = Files.createDirectories(folder.resolve("textfiles"));
        Path config = Files.writeString(
                folder.resolve("prometheus.yml"),
                """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [%s]
                alerting: {alertmanagers: [{static_configs: [{targets: ['127.0.0.1:%d']}]}]}
                scrape_configs:
                  - {job_name: node, static_configs: [{targets: ['127.0.0.1:%d']}]}
                  - {job_name: pushgateway, honor_labels: true, static_configs: [{targets: ['127.0.0.1:%d']}]}
                """
                        .formatted(rules.toAbsolutePath(), alertmanager, exporter, gateway));
        Path mail = Files.writeString(
                folder.resolve("alertmanager.yml"), "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
        start(
                folder,
                "prometheus-node-exporter",
                exporter,
                "/metrics",
                "--web.listen-address=127.0.0.1:" + exporter,
                "--collector.disable-defaults",
                "--collector.textfile",
                "--collector.textfile.directory=" + textfiles);
        // Debian's keeps what it was told in a folder of the system, and would tell the next test of it.
        start(
                folder,
                "prometheus-pushgateway",
                gateway,
                "/-/ready",
                "--web.listen-address=127.0.0.1:" + gateway,
                "--persistence.file=" + folder.resolve("pushed"));
        start(
                folder,
                "prometheus-alertmanager",
                alertmanager,
                "/-/ready",
                "--web.listen-address=127.0.0.1:" + alertmanager,
                "--cluster.listen-address=",
                "--config.file=" + mail,
                "--storage.path=" + folder.resolve("alerts"));
        start(
                folder,
                "prometheus",
                prometheus,
                "/-/ready",
                "--web.listen-address=127.0.0.1:" + prometheus,
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("tsdb"));
    }

    /** What is not installed here of what it takes; empty where all is. */
    public static Optional<String> missing() {
        return NEEDED.stream()
                .filter(name -> !Files.isExecutable(BIN.resolve(name)))
                .findFirst();
    }

    /** @param rules of alerts */
    public static PrometheusLab start(Path folder, Path rules) throws IOException {
        return new PrometheusLab(folder, rules);
    }

    private void start(Path folder, String name, int port, String ready, String... options) throws IOException {
        List<String> command = Stream.concat(Stream.of(BIN.resolve(name).toString()), Stream.of(options))
                .toList();
        ServerProcess server = new ServerProcess(name, new ProcessBuilder(command), folder.resolve(name + ".log"));
        servers.add(server);
        server.awaitHttp(URI.create("http://127.0.0.1:%d%s".formatted(port, ready)), START, 200);
    }

    /** Where node_exporter reads files. */
    public Path textfiles() {
        return textfiles;
    }

    public String gatewayUrl() {
        return "http://127.0.0.1:" + gateway;
    }

    /** The value of an expression that has one; empty where it has none. */
    public Optional<Double> value(String expression) {
        JsonNode results = json(
                        prometheus, "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("data")
                .path("result");
        return results.size() == 1
                ? Optional.of(results.get(0).path("value").get(1).asDouble())
                : Optional.empty();
    }

    /** Names of the alerts that Alertmanager was sent of a task. */
    public List<String> alerts(String task) {
        List<String> names = new ArrayList<>();
        json(alertmanager, "/api/v2/alerts").forEach(alert -> {
            if (alert.path("labels").path("task").asText().equals(task)) {
                names.add(alert.path("labels").path("alertname").asText());
            }
        });
        return names;
    }

    /** The series whose names match, a line each, and the alerts, as their servers tell them. */
    public String told(String names) {
        StringBuilder text = new StringBuilder("Prometheus:\n");
        String query = URLEncoder.encode("{__name__=~\"" + names + "\"}", StandardCharsets.UTF_8);
        json(prometheus, "/api/v1/query?query=" + query)
                .path("data")
                .path("result")
                .forEach(series -> text.append(series.path("metric"))
                        .append(' ')
                        .append(series.path("value").get(1).asText())
                        .append('\n'));
        text.append("Alertmanager:\n");
        json(alertmanager, "/api/v2/alerts").forEach(alert -> text.append(alert.path("labels"))
                .append(' ')
                .append(alert.path("annotations"))
                .append('\n'));
        return text.toString();
    }

    private static JsonNode json(int port, String path) {
        try (InputStream in =
                URI.create("http://127.0.0.1:" + port + path).toURL().openStream()) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            return new ObjectMapper().createObjectNode();
        }
    }

    @Override
    public void close() {
        servers.forEach(ServerProcess::close);
    }
}
