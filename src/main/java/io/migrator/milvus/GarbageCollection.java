package io.migrator.milvus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Milvus' garbage collection, which removes the files of segments that compaction has replaced: held off while they are
 * copied. Asked over the management port (9091 by default), which takes no password before Milvus 3.
 */
public final class GarbageCollection {
    private static final String PATH = "/management/datacoord/garbage_collection/";
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String managementAddress;

    /** @param managementAddress base URL, such as {@code http://localhost:9091} */
    public GarbageCollection(String managementAddress) {
        this.managementAddress = managementAddress.replaceAll("/+$", "");
    }

    /**
     * Pauses garbage collection of the whole server; it goes on by itself when the time is over.
     *
     * @return the pause, to be closed; empty where this server has no such switch (it came in December 2023; 2.3.5 answers 404)
     */
    public Optional<Pause> pause(Duration time) {
        Answer answer = get("pause", "pause?pause_seconds=" + time.toSeconds());
        return answer.status() == HttpURLConnection.HTTP_NOT_FOUND
                ? Optional.empty()
                : Optional.of(new Pause(ticket(answer.body())));
    }

    /** A pause that lasts until it is closed or its time is over. */
    public final class Pause implements AutoCloseable {
        private @Nullable String ticket;

        private Pause(@Nullable String ticket) {
            this.ticket = ticket;
        }

        /** Asks for more time, counted from now. */
        public void extend(Duration time) {
            ticket = ticket(
                    get("pause", "pause?pause_seconds=" + time.toSeconds()).body());
        }

        /** Lets garbage collection go on. */
        @Override
        public void close() {
            // Servers that give tickets fail on a resume without one.
            get("resume", ticket == null ? "resume" : "resume?ticket=" + ticket);
        }
    }

    private static @Nullable String ticket(String body) {
        try {
            JsonNode ticket = JSON.readTree(body).path("ticket");
            return ticket.isValueNode() && !ticket.asText().isEmpty() ? ticket.asText() : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private record Answer(int status, String body) {}

    private Answer get(String verb, String rest) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(managementAddress + PATH + rest).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try {
                int status = connection.getResponseCode();
                String body = body(connection, status);
                if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_NOT_FOUND) {
                    throw failed(Failure.SERVER_FAILED, verb, "it answered " + status + " " + body.strip(), null);
                }
                return new Answer(status, body);
            } finally {
                connection.disconnect();
            }
        } catch (IOException | IllegalArgumentException e) {
            throw failed(Failure.UNREACHABLE, verb, String.valueOf(e.getMessage()), e);
        }
    }

    private static String body(HttpURLConnection connection, int status) throws IOException {
        try (var stream = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private MigratorException failed(Failure failure, String verb, String cause, @Nullable Throwable origin) {
        return MigratorException.unable(
                failure,
                verb + " garbage collection at",
                managementAddress,
                cause,
                "Check backup.gcPause.address: it is Milvus' management port, 9091 by default.",
                origin);
    }
}
