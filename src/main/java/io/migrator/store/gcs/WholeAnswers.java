package io.migrator.store.gcs;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import io.migrator.config.StorageConfig;
import io.migrator.http.Deadline;
import io.migrator.http.Exchange;
import io.migrator.http.Security;
import io.migrator.store.driver.ForeignAnswer;
import io.migrator.store.driver.Trust;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads each answer to its end, within a time and a size, before Google's client does, which knows neither. No answer is
 * large: objects are read in blocks.
 */
final class WholeAnswers extends HttpTransport {
    private static final int MOST = 16 << 20;
    /** Google's word for: go on with the next piece. */
    private static final int RESUME_INCOMPLETE = 308;

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-");

    private final Duration limit;
    private final Exchange exchange;

    /**
     * @param limit for a request and all of its answer, beside what their bytes take
     * @param direct which requests no proxy may see
     */
    WholeAnswers(StorageConfig config, Duration limit, Predicate<URI> direct) {
        this.limit = limit;
        this.exchange = new Exchange(
                Trust.of(config)
                        .map(trust -> new Security(trust.context().getSocketFactory(), trust.manager(), ""))
                        .orElse(null),
                direct,
                MOST);
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        return new Request(method, URI.create(url));
    }

    private final class Request extends LowLevelHttpRequest {
        private final String method;
        private final URI uri;
        private final List<Map.Entry<String, String>> sent = new ArrayList<>();
        private long from;

        Request(String method, URI uri) {
            this.method = method;
            this.uri = uri;
        }

        @Override
        public void addHeader(String name, String value) {
            sent.add(Map.entry(name, value));
            Matcher range = RANGE.matcher(value);
            if (name.equalsIgnoreCase("range") && range.lookingAt()) {
                from = Long.parseLong(range.group(1));
            }
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            if (getStreamingContent() == null) {
                return answered(exchange.of(new Exchange.Question(method, uri, sent, null, -1), limit));
            }
            if (getContentType() != null) {
                sent.add(Map.entry("Content-Type", getContentType()));
            }
            if (getContentEncoding() != null) {
                sent.add(Map.entry("Content-Encoding", getContentEncoding()));
            }
            return answered(exchange.of(
                    new Exchange.Question(method, uri, sent, getStreamingContent()::writeTo, getContentLength()),
                    Deadline.with(limit, getContentLength())));
        }

        private Response answered(Exchange.Answer answer) throws IOException {
            Response response = new Response(answer);
            String type = Optional.ofNullable(response.getContentType()).orElse("");
            // Google's own servers call an empty answer to a piece of an upload (308), and some errors, HTML.
            boolean page = answer.status() < 300 || (answer.status() < 400 && answer.status() != RESUME_INCOMPLETE);
            if (page && type.contains("html") && answer.body().length > 0) {
                throw new ForeignAnswer(
                        answer.status(),
                        new String(answer.body(), StandardCharsets.UTF_8),
                        "",
                        Optional.ofNullable(response.header("Location")).orElse(""));
            }
            // Google's client takes whatever comes for the part that it asked for.
            String range = Optional.ofNullable(response.header("Content-Range")).orElse("none");
            if (from > 0 && answer.status() < 300 && !range.startsWith("bytes " + from + "-")) {
                throw new ProtocolException("asked for bytes from %d on it sends %s".formatted(from, range));
            }
            return response;
        }
    }

    private static final class Response extends LowLevelHttpResponse {
        private final Exchange.Answer answer;
        private final List<Map.Entry<String, String>> headers;

        Response(Exchange.Answer answer) {
            this.answer = answer;
            this.headers = answer.headers().entrySet().stream()
                    .flatMap(header -> header.getValue().stream().map(value -> Map.entry(header.getKey(), value)))
                    .toList();
        }

        private @Nullable String header(String name) {
            return headers.stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public InputStream getContent() {
            return new ByteArrayInputStream(answer.body());
        }

        @Override
        public @Nullable String getContentEncoding() {
            return null;
        }

        @Override
        public long getContentLength() {
            return answer.body().length;
        }

        @Override
        public @Nullable String getContentType() {
            return header("Content-Type");
        }

        @Override
        public String getStatusLine() {
            return "HTTP/1.1 " + answer.status();
        }

        @Override
        public int getStatusCode() {
            return answer.status();
        }

        @Override
        public @Nullable String getReasonPhrase() {
            return null;
        }

        @Override
        public int getHeaderCount() {
            return headers.size();
        }

        @Override
        public String getHeaderName(int index) {
            return headers.get(index).getKey();
        }

        @Override
        public String getHeaderValue(int index) {
            return headers.get(index).getValue();
        }
    }
}
