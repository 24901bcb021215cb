package io.migrator.milvus.calls;

import io.migrator.config.SecondsProperty;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.http.Exchange;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Milvus' management port (9091 by default), which takes no password before Milvus 3. Nothing is repeated here. */
public final class ManagementPort {
    private static final SecondsProperty ANSWER =
            new SecondsProperty("migrator.management.answerSeconds", Duration.ofSeconds(10));

    /** Milvus answers lines of JSON. */
    private static final int MOST = 16 << 20;

    private final String address;
    private final Duration answer;
    private final Exchange exchange = new Exchange(null, uri -> false, MOST);

    /** @param address base URL, such as {@code http://localhost:9091} */
    public ManagementPort(String address) {
        this(address, ANSWER.value());
    }

    ManagementPort(String address, Duration answer) {
        this.address = address.replaceAll("/+$", "");
        this.answer = answer;
    }

    String address() {
        return address;
    }

    /** @param status 200 or 404; every other status is an exception */
    public record Answer(int status, String body) {
        public boolean known() {
            return status != HttpURLConnection.HTTP_NOT_FOUND;
        }
    }

    /**
     * Asks by GET.
     *
     * @param verb what for, in the words of messages
     * @param path with its query, starting with a slash
     */
    public Answer get(String verb, String path) {
        try {
            Exchange.Answer answered = exchange.of(Exchange.Question.get(URI.create(address + path)), answer);
            int status = answered.status();
            String body = new String(answered.body(), StandardCharsets.UTF_8);
            if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_NOT_FOUND) {
                throw failed(Failure.SERVER_FAILED, verb, "it answered " + status + " " + Answers.line(body), null);
            }
            return new Answer(status, body);
        } catch (IOException | IllegalArgumentException e) {
            throw failed(Failure.UNREACHABLE, verb, String.valueOf(e.getMessage()), e);
        }
    }

    public MigratorException failed(Failure failure, String verb, String cause, @Nullable Throwable origin) {
        return MigratorException.unable(
                failure,
                verb,
                address,
                cause,
                "Check backup.gcPause.address: it is Milvus' management port, 9091 by default.",
                origin);
    }
}
