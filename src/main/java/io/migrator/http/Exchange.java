package io.migrator.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSink;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Requests over HTTP/1.1, and each answer as a whole. No redirect is followed, and no body of a request is sent twice. A
 * request can be broken off wherever it is, within the head of a chunk or after the body, too.
 */
public final class Exchange {
    /** Of the body of an error; what is beyond tells nobody anything. */
    private static final int MOST_OF_AN_ERROR = 64 << 10;

    private static final int PIECE = 16 << 10;

    private final ExchangeClients clients;
    private final int mostBytes;

    /**
     * Reaches nothing yet.
     *
     * @param security null for the authorities of Java
     * @param direct which requests no proxy may see; else those of the process do
     * @param mostBytes of the body of an answer that is no error; a larger one is a fault
     */
    public Exchange(@Nullable Security security, Predicate<URI> direct, int mostBytes) {
        this.clients = new ExchangeClients(security, direct, mostBytes);
        this.mostBytes = mostBytes;
    }

    /** Writes the body of a request. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * One request.
     *
     * @param headers a name may occur more than once
     * @param content null where the request has no body
     * @param length of the content, below 0 where nobody knows
     */
    public record Question(
            String method, URI uri, List<Map.Entry<String, String>> headers, @Nullable Content content, long length) {
        public Question {
            headers = List.copyOf(headers);
        }

        public static Question get(URI uri) {
            return new Question("GET", uri, List.of(), null, -1);
        }
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

        /** By names in small letters. */
        public Map<String, List<String>> headers() {
            return headers;
        }

        public byte[] body() {
            return body.clone();
        }
    }

    /**
     * Sends a request and reads its answer.
     *
     * @param limit for everything, from connecting to the last byte; a large body of the answer has more
     * @throws IllegalArgumentException where there is no such address or header
     */
    public Answer of(Question question, Duration limit) throws IOException {
        OkHttpClient client = clients.of(question.uri())
                .newBuilder()
                .connectTimeout(limit.compareTo(ExchangeClients.CONNECT) < 0 ? limit : ExchangeClients.CONNECT)
                .readTimeout(limit)
                .writeTimeout(limit)
                .build();
        Call call = client.newCall(request(question));
        AtomicLong read = new AtomicLong();
        try (Deadline deadline = new Deadline(() -> Deadline.with(limit, read.get()), call::cancel)) {
            try (Response response = call.execute()) {
                byte[] body = body(response, mostBytes, read);
                return new Answer(response.code(), Map.copyOf(response.headers().toMultimap()), body);
            } catch (IOException e) {
                throw deadline.passed() ? deadline.fault() : told(e);
            }
        }
    }

    /** The client says only that it cannot connect, its cause why. */
    private static IOException told(IOException fault) {
        return fault instanceof ConnectException && fault.getCause() instanceof ConnectException cause ? cause : fault;
    }

    private static Request request(Question question) {
        Request.Builder request = new Request.Builder().url(question.uri().toString());
        MediaType type = null;
        for (Map.Entry<String, String> header : question.headers()) {
            if (header.getKey().equalsIgnoreCase("content-type")) {
                type = MediaType.get(header.getValue());
            }
            request.addHeader(header.getKey(), header.getValue());
        }
        // What is packed may grow without an end when it is unpacked.
        request.header("Accept-Encoding", "identity");
        Content content = question.content();
        boolean needsBody = List.of("POST", "PUT", "PATCH").contains(question.method());
        RequestBody body = content == null
                ? needsBody ? RequestBody.create(new byte[0], type) : null
                : new Body(content, question.length(), type);
        return request.method(question.method(), body).build();
    }

    /** The body of a request, which is written once. */
    private static final class Body extends RequestBody {
        private final Content content;
        private final long length;
        private final @Nullable MediaType type;

        Body(Content content, long length, @Nullable MediaType type) {
            this.content = content;
            this.length = length;
            this.type = type;
        }

        @Override
        public @Nullable MediaType contentType() {
            return type;
        }

        @Override
        public long contentLength() {
            return length;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            content.writeTo(sink.outputStream());
        }
    }

    private static byte[] body(Response response, int mostBytes, AtomicLong read) throws IOException {
        boolean error = response.code() >= 400;
        BufferedSource source = response.body().source();
        Buffer body = new Buffer();
        for (long count = 0; count >= 0; count = source.read(body, PIECE)) {
            read.addAndGet(count);
            if (error && body.size() >= MOST_OF_AN_ERROR) {
                break;
            }
            if (body.size() > mostBytes) {
                throw new ProtocolException("its answer is larger than %d bytes".formatted(mostBytes));
            }
        }
        return body.readByteArray();
    }
}
