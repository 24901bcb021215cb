package io.migrator.milvus;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Milvus' management port (9091 by default), which takes no password before Milvus 3. Nothing is repeated here. */
final class ManagementPort {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final String address;

    /** @param address base URL, such as {@code http://localhost:9091} */
    ManagementPort(String address) {
        this.address = address.replaceAll("/+$", "");
    }

    String address() {
        return address;
    }

    /** @param status 200 or 404; every other status is an exception */
    record Answer(int status, String body) {
        boolean known() {
            return status != HttpURLConnection.HTTP_NOT_FOUND;
        }
    }

    /**
     * Asks by GET.
     *
     * @param verb what for, in the words of messages
     * @param path with its query, starting with a slash
     */
    Answer get(String verb, String path) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(address + path).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            int status = connection.getResponseCode();
            String body = body(connection, status);
            if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_NOT_FOUND) {
                throw failed(Failure.SERVER_FAILED, verb, "it answered " + status + " " + body.strip(), null);
            }
            return new Answer(status, body);
        } catch (IOException | IllegalArgumentException e) {
            throw failed(Failure.UNREACHABLE, verb, String.valueOf(e.getMessage()), e);
        }
    }

    /** Read to its end, so that the connection is kept for the next call. */
    private static String body(HttpURLConnection connection, int status) throws IOException {
        try (var stream = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    MigratorException failed(Failure failure, String verb, String cause, @Nullable Throwable origin) {
        return MigratorException.unable(
                failure,
                verb,
                address,
                cause,
                "Check backup.gcPause.address: it is Milvus' management port, 9091 by default.",
                origin);
    }
}
