package io.migrator.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One request over a connection of the JDK's, and its answer as a whole. No redirect is followed. */
public final class Exchange {
    /** Of the body of an error; what is beyond tells nobody anything. */
    private static final int MOST_OF_AN_ERROR = 64 << 10;

    private static final int PIECE = 16 << 10;

    private Exchange() {}

    /** Writes the body of the request. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** What came back; the body of an error is no more than its beginning. */
    public static final class Answer {
        private final int status;
        private final Map<String, List<String>> headers;
        private final byte[] body;

        private Answer(int status, Map<String, List<String>> headers, byte[] body) {
            this.status = status;
            this.headers = headers;
            this.body = body;
        }

        public int status() {
            return status;
        }

        public Map<String, List<String>> headers() {
            return headers;
        }

        public byte[] body() {
            return body.clone();
        }
    }

    /**
     * Sends the request that the connection was set up for.
     *
     * @param content null where the request has no body
     * @param limit for everything, from connecting to the last byte; a large body of the answer has more
     * @param mostBytes of the body of an answer that is no error; a larger one is a fault
     */
    public static Answer of(HttpURLConnection connection, @Nullable Content content, Duration limit, int mostBytes)
            throws IOException {
        int millis = (int) Math.max(1, limit.toMillis());
        connection.setConnectTimeout(
                Math.min(connection.getConnectTimeout() > 0 ? connection.getConnectTimeout() : millis, millis));
        connection.setReadTimeout(millis);
        connection.setInstanceFollowRedirects(false);
        long begin = System.nanoTime();
        try (Deadline deadline = new Deadline(limit, connection::disconnect)) {
            int status;
            try {
                if (content != null) {
                    try (OutputStream out = connection.getOutputStream()) {
                        content.writeTo(out);
                    }
                }
                status = connection.getResponseCode();
            } catch (IOException | RuntimeException e) {
                connection.disconnect();
                throw deadline.passed() ? deadline.fault() : unwrapped(e);
            } catch (StackOverflowError e) {
                // The JDK calls itself for each answer of 1xx.
                connection.disconnect();
                throw new ProtocolException("it begins answers without an end");
            }
            // From here on each read ends by itself, and breaking off would wait for it.
            deadline.end();
            if (status < 0) {
                connection.disconnect();
                throw new ProtocolException("its answer is not HTTP");
            }
            return new Answer(status, headers(connection), body(connection, status, begin, limit, mostBytes, deadline));
        }
    }

    /** The JDK throws what is no IOException where headers are odd. */
    private static IOException unwrapped(Exception thrown) {
        return thrown instanceof IOException io ? io : new ProtocolException(String.valueOf(thrown.getMessage()));
    }

    private static Map<String, List<String>> headers(HttpURLConnection connection) {
        return connection.getHeaderFields().entrySet().stream()
                .filter(header -> header.getKey() != null)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, header -> header.getValue().stream()
                        .filter(Objects::nonNull)
                        .toList()));
    }

    private static byte[] body(
            HttpURLConnection connection, int status, long begin, Duration limit, int mostBytes, Deadline deadline)
            throws IOException {
        boolean error = status >= 400;
        try (InputStream in = error ? connection.getErrorStream() : connection.getInputStream()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            byte[] piece = new byte[PIECE];
            for (int count = in == null ? -1 : in.read(piece);
                    count >= 0;
                    count = Objects.requireNonNull(in).read(piece)) {
                body.write(piece, 0, count);
                if (error && body.size() >= MOST_OF_AN_ERROR) {
                    connection.disconnect();
                    break;
                }
                if (body.size() > mostBytes) {
                    throw new ProtocolException("its answer is larger than %d bytes".formatted(mostBytes));
                }
                if (System.nanoTime() - begin
                        > Deadline.with(limit, body.size()).toNanos()) {
                    throw deadline.fault();
                }
            }
            return body.toByteArray();
        } catch (IOException e) {
            connection.disconnect();
            throw e;
        }
    }
}
