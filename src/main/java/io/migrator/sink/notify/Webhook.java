package io.migrator.sink.notify;

import io.migrator.config.OutsideKeys;
import io.migrator.config.outside.NotifyConfig;
import io.migrator.config.outside.NotifyConfig.Form;
import io.migrator.failure.Failure;
import io.migrator.record.RecordFolder;
import io.migrator.record.RecordedRun;
import io.migrator.record.RunEnd;
import io.migrator.record.RunSink;
import io.migrator.record.RunStart;
import io.migrator.report.JsonLine;
import io.migrator.sink.Posting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a run ended, sent to an address of the user's: as JSON, or as a text that Slack and its like show. */
public final class Webhook implements RunSink {
    /** {@code sha256=} and the hexadecimal HMAC of the body, as GitHub's. */
    static final String SIGNATURE = "X-Migrator-Signature-256";

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final NotifyConfig config;
    private final RecordFolder records;

    /** @param records where the run before is looked for */
    public Webhook(NotifyConfig config, RecordFolder records) {
        this.config = config;
        this.records = records;
    }

    @Override
    public String key() {
        return OutsideKeys.WEBHOOK;
    }

    @Override
    public void ended(RunStart start, RunEnd end, Path record, boolean started) throws IOException {
        if (!isToBeTold(start, end)) {
            return;
        }
        String body = config.form() == Form.SLACK
                ? JsonLine.of(Map.of("text", forSlack(Note.text(start, end))))
                : JsonLine.of(Note.facts(start, end));
        SecretAddress.learn(config.webhook().reveal());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        new Posting(config.caCertPath(), TIMEOUT).post(config.webhook().reveal(), headers(bytes), bytes);
    }

    /** Its own three signs. */
    private static String forSlack(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private boolean isToBeTold(RunStart start, RunEnd end) {
        return switch (config.when()) {
            case ALWAYS -> true;
            case FAILURE -> end.failure() != null;
            case CHANGE -> isAnother(start, end);
        };
    }

    /** Of the first run of a task a failure is news. */
    private boolean isAnother(RunStart start, RunEnd end) {
        Optional<RecordedRun> before =
                records.before(start, run -> run.end() == null || run.end().failure() != Failure.LOCKED);
        if (before.isEmpty()) {
            return end.failure() != null;
        }
        RunEnd last = before.get().end();
        return last == null || last.failure() != end.failure();
    }

    private List<Map.Entry<String, String>> headers(byte[] body) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        headers.add(Map.entry("Content-Type", "application/json; charset=utf-8"));
        String header = config.header().reveal();
        int colon = header.indexOf(':');
        if (colon > 0) {
            headers.add(Map.entry(
                    header.substring(0, colon), header.substring(colon + 1).strip()));
        }
        if (!config.hmacKey().isEmpty()) {
            headers.add(
                    Map.entry(SIGNATURE, "sha256=" + signature(config.hmacKey().reveal(), body)));
        }
        return headers;
    }

    static String signature(String key, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC with SHA-256 is part of every JDK", e);
        }
    }
}
