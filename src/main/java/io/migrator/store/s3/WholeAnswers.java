package io.migrator.store.s3;

import io.migrator.http.Deadline;
import io.migrator.store.driver.Deadlines;
import io.migrator.store.driver.ForeignAnswer;
import io.migrator.store.s3.xml.PlainXml;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;

/**
 * Reads each answer to its end, within a time and a size, before the client does, which knows neither and reads external
 * entities of XML. The content of objects alone is left to be read by who wants it.
 */
final class WholeAnswers implements Interceptor {
    private static final String COPY_SOURCE = "x-amz-copy-source";
    /** A page of 1,000 keys of 1,024 bytes, each of them encoded, takes a third of it. */
    private static final long MOST = 16L << 20;

    private static final long MOST_OF_AN_ERROR = 64L << 10;

    private final Deadlines deadlines;

    WholeAnswers(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        boolean patient = isAnsweredLate(request);
        Duration answer = patient ? deadlines.copy() : deadlines.answer();
        Duration late = request.body() == null
                ? answer
                : Deadline.with(answer, request.body().contentLength());
        // What was written may still be on its way, in buffers of this host or of a proxy.
        Chain timed = chain.withReadTimeout((int) late.toMillis(), TimeUnit.MILLISECONDS);
        try (Deadline deadline = new Deadline(late, () -> chain.call().cancel())) {
            try {
                Response response = timed.proceed(request);
                return isContent(request, response) ? content(response) : whole(request, response);
            } catch (IOException e) {
                throw deadline.passed() ? deadline.fault() : e;
            }
        }
    }

    /** After a copy, or when parts are put together. */
    private static boolean isAnsweredLate(Request request) {
        return request.header(COPY_SOURCE) != null
                || (request.method().equals("POST") && request.url().queryParameter("uploadId") != null);
    }

    private static boolean isContent(Request request, Response response) {
        return request.method().equals("GET") && request.url().query() == null && response.isSuccessful();
    }

    /** S3 tells how long an object is, and a proxy that sends it in chunks where they end; else nobody knew where it ends. */
    private static Response content(Response response) throws IOException {
        boolean chunked = "chunked".equalsIgnoreCase(response.header("Transfer-Encoding"));
        if (response.body().contentLength() < 0 && !chunked) {
            response.close();
            throw new ProtocolException("it does not tell the length of the object");
        }
        return response;
    }

    private static Response whole(Request request, Response response) throws IOException {
        try (ResponseBody body = response.body()) {
            MediaType type = body.contentType();
            byte[] bytes = bytes(body, response.isSuccessful());
            // Servers there are that call an empty answer HTML.
            boolean tells = bytes.length > 0 || !response.isSuccessful();
            if (tells
                    && !request.method().equals("HEAD")
                    && ForeignAnswer.is(response.code(), String.valueOf(type), "xml")) {
                throw new ForeignAnswer(
                        response.code(),
                        new String(bytes, StandardCharsets.UTF_8),
                        header(response, "x-amz-request-id"),
                        header(response, "Location"));
            }
            String xml = ResponseBody.create(bytes, type).string();
            return response.newBuilder()
                    .body(
                            xml.contains("<!")
                                    ? ResponseBody.create(PlainXml.of(xml).orElse(""), type)
                                    : ResponseBody.create(PlainXml.of(xml).isPresent() ? bytes : new byte[0], type))
                    .build();
        }
    }

    private static String header(Response response, String name) {
        return Optional.ofNullable(response.header(name)).orElse("");
    }

    private static byte[] bytes(ResponseBody body, boolean success) throws IOException {
        BufferedSource source = body.source();
        long most = success ? MOST : MOST_OF_AN_ERROR;
        if (source.request(most + 1) && success) {
            throw new ProtocolException("the answer is larger than %d bytes".formatted(most));
        }
        return source.readByteArray(Math.min(most, source.getBuffer().size()));
    }
}
