package io.migrator.store.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import io.migrator.http.Deadline;
import io.migrator.store.driver.ForeignAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads each answer to its end, within a time and a size, before the client does, which knows neither. No answer is large:
 * blobs are read in blocks.
 */
final class WholeAnswers implements HttpClient {
    private static final int MOST = 16 << 20;
    private static final int MOST_OF_AN_ERROR = 64 << 10;
    private static final int PIECE = 16 << 10;
    /** Azure's key for what replaces the client's own time until an answer begins. */
    private static final String RESPONSE_TIMEOUT = "azure-response-timeout";

    private final HttpClient client;
    private final Duration limit;

    /**
     * @param client gives up by itself where headers do not come, or the next bytes do not
     * @param limit for an answer to begin, and for all of it, beside what its bytes take
     */
    WholeAnswers(HttpClient client, Duration limit) {
        this.client = client;
        this.limit = limit;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromCallable(() -> sendSync(request, Context.NONE));
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
        return send(request);
    }

    /** Without the caller's context, which asks the client to read the whole answer itself. */
    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        Duration late = Deadline.with(limit, length(request));
        try (HttpResponse response = client.sendSync(request, new Context(RESPONSE_TIMEOUT, late))) {
            byte[] body = bytes(response);
            if (body.length > 0
                    && ForeignAnswer.is(
                            response.getStatusCode(), header(response, HttpHeaderName.CONTENT_TYPE), "xml")) {
                throw new ForeignAnswer(
                        response.getStatusCode(),
                        new String(body, StandardCharsets.UTF_8),
                        header(response, HttpHeaderName.fromString("x-ms-request-id")),
                        header(response, HttpHeaderName.LOCATION));
            }
            return new Whole(request, response, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long length(HttpRequest request) {
        BinaryData body = request.getBodyAsBinaryData();
        Long length = body == null ? null : body.getLength();
        return length == null ? 0 : length;
    }

    private static String header(HttpResponse response, HttpHeaderName name) {
        return Optional.ofNullable(response.getHeaderValue(name)).orElse("");
    }

    private byte[] bytes(HttpResponse response) throws IOException {
        long begin = System.nanoTime();
        boolean error = response.getStatusCode() >= 400;
        try (InputStream in = response.getBodyAsBinaryData().toStream()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            byte[] piece = new byte[PIECE];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                body.write(piece, 0, count);
                if (error && body.size() >= MOST_OF_AN_ERROR) {
                    break;
                }
                if (body.size() > MOST) {
                    throw new ProtocolException("the answer is larger than %d bytes".formatted(MOST));
                }
                if (System.nanoTime() - begin
                        > Deadline.with(limit, body.size()).toNanos()) {
                    throw new SocketTimeoutException("no whole answer within %d ms".formatted(limit.toMillis()));
                }
            }
            return body.toByteArray();
        }
    }

    /** An answer that was read. */
    private static final class Whole extends HttpResponse {
        private final int status;
        private final HttpHeaders headers;
        private final byte[] body;

        Whole(HttpRequest request, HttpResponse response, byte[] body) {
            super(request);
            this.status = response.getStatusCode();
            this.headers = response.getHeaders();
            this.body = body;
        }

        @Override
        public int getStatusCode() {
            return status;
        }

        @Override
        @Deprecated
        public String getHeaderValue(String name) {
            return headers.getValue(HttpHeaderName.fromString(name));
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public Flux<ByteBuffer> getBody() {
            return Flux.defer(() -> Flux.just(ByteBuffer.wrap(body)));
        }

        @Override
        public Mono<byte[]> getBodyAsByteArray() {
            return Mono.just(body);
        }

        @Override
        public Mono<String> getBodyAsString() {
            return getBodyAsString(StandardCharsets.UTF_8);
        }

        @Override
        public Mono<String> getBodyAsString(Charset charset) {
            return Mono.just(new String(body, charset));
        }
    }
}
