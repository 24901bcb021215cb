package io.migrator.sink.notify;

import io.migrator.config.OutsideKeys;
import io.migrator.config.outside.NotifyConfig;
import io.migrator.failure.KnownSecrets;
import io.migrator.record.RunEnd;
import io.migrator.record.RunSink;
import io.migrator.record.RunStart;
import io.migrator.sink.Posting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Pings of a dead man's switch, in the way of Healthchecks: {@code URL/start}, then {@code URL/<exit code>}, both with the run's id,
 * which also alarm where nothing ran at all.
 */
public final class Ping implements RunSink {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int LONGEST = 10_000;

    private final NotifyConfig config;

    public Ping(NotifyConfig config) {
        this.config = config;
    }

    @Override
    public String key() {
        return OutsideKeys.PING;
    }

    @Override
    public void started(RunStart start) throws IOException {
        send("start", start, "");
    }

    @Override
    public void ended(RunStart start, RunEnd end, Path record, boolean started) throws IOException {
        send(String.valueOf(end.exitCode()), start, Note.text(start, end));
    }

    private void send(String what, RunStart start, String text) throws IOException {
        String url = config.ping().reveal();
        SecretAddress.learn(url);
        int question = url.indexOf('?');
        String base = (question < 0 ? url : url.substring(0, question)).replaceAll("/+$", "");
        String query = (question < 0 ? "?" : url.substring(question) + "&") + "rid=" + start.runId();
        String masked = KnownSecrets.ofThisProcess().begin(text, LONGEST);
        new Posting(config.caCertPath(), TIMEOUT)
                .post(
                        base + "/" + what + query,
                        List.of(Map.entry("Content-Type", "text/plain; charset=utf-8")),
                        masked.getBytes(StandardCharsets.UTF_8));
    }
}
