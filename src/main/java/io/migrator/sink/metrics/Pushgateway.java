package io.migrator.sink.metrics;

import io.migrator.config.OutsideKeys;
import io.migrator.config.outside.MetricsConfig;
import io.migrator.record.RunEnd;
import io.migrator.record.RunSink;
import io.migrator.record.RunStart;
import io.migrator.record.StageSpan;
import io.migrator.sink.Posting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Metrics to a Pushgateway. Only ever by POST, which leaves names alone that are not sent, above all those of the last success; all
 * that tells series of tasks apart is in the address, for a POST replaces a name in its whole group.
 */
public final class Pushgateway implements RunSink {
    private final MetricsConfig config;

    public Pushgateway(MetricsConfig config) {
        this.config = config;
    }

    @Override
    public String key() {
        return OutsideKeys.GATEWAY_URL;
    }

    @Override
    public void started(RunStart start) throws IOException {
        push(start, RunSamples.started(start));
    }

    @Override
    public void running(RunStart start, StageSpan stage, Instant progressAt) throws IOException {
        push(start, RunSamples.running(start, stage, progressAt));
    }

    @Override
    public void ended(RunStart start, RunEnd end, Path record, boolean started) throws IOException {
        push(start, RunSamples.ended(start, end, started));
    }

    private void push(RunStart start, List<Sample> samples) throws IOException {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("Content-Type", "text/plain; version=0.0.4; charset=utf-8"));
        if (!config.token().isEmpty()) {
            headers.add(Map.entry("Authorization", "Bearer " + config.token().reveal()));
        } else if (!config.user().isEmpty()) {
            String pair = config.user() + ":" + config.password().reveal();
            headers.add(Map.entry(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
        }
        new Posting(config.caCertPath(), config.timeout())
                .post(
                        config.gatewayUrl() + "/metrics/job/migrator" + path(RunSamples.labels(start, config.labels())),
                        headers,
                        Exposition.of(samples).getBytes(StandardCharsets.UTF_8));
    }

    /** Values that are no plain part of a path, or none at all, have a form of their own. */
    static String path(Map<String, String> labels) {
        StringBuilder path = new StringBuilder();
        labels.forEach((name, value) -> {
            boolean plain = value.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*");
            String encoded = Base64.getUrlEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
            path.append('/')
                    .append(name)
                    .append(plain ? "/" : "@base64/")
                    .append(plain ? value : encoded.isEmpty() ? "=" : encoded);
        });
        return path.toString();
    }
}
