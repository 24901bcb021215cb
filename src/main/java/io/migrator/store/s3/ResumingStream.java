package io.migrator.store.s3;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.SteadyStream;
import io.minio.GetObjectArgs;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * An object as a stream that opens the connection again where it broke off, at the byte it had come to and only if the
 * object is still the same. What cannot be mended is thrown already translated. Not for several threads.
 */
final class ResumingStream extends InputStream {
    private static final int MOST_MENDED = 10;
    private static final int MOST_REPLACED = 3;
    private static final int PARTIAL_CONTENT = 206;

    private final S3Client client;
    private final S3Calls calls;
    private final String bucket;
    private final String key;
    private final Operation operation;
    private final StoredObject object;
    private InputStream body;
    private long position;
    private int mended;
    private long mendedAt;

    /**
     * Opens the object.
     *
     * @param otherwise looks it up where the answer comes in chunks and does not tell its size: without one nothing said
     *     when a server had sent too much
     */
    ResumingStream(S3Client client, S3Calls calls, String bucket, String key, Supplier<StoredObject> otherwise) {
        this.client = client;
        this.calls = calls;
        this.bucket = bucket;
        this.key = key;
        this.operation = Operation.read(bucket, key);
        Response response = begin();
        Optional<StoredObject> begun = begun(response, otherwise);
        for (int anew = 0; begun.isEmpty() && anew < MOST_REPLACED; anew++) {
            response = begin();
            begun = begun(response, otherwise);
        }
        this.object = begun.orElseThrow(() -> MigratorException.unable(
                Failure.SOURCE_CHANGED,
                operation.verb(),
                operation.thing(),
                "the object was replaced each time while its size was asked for",
                "Run the same command again."));
        this.body = client.content(response);
    }

    private Response begin() {
        return calls.await(
                operation,
                () -> client.getObject(GetObjectArgs.builder()
                        .bucket(bucket)
                        .object(key)
                        .fetchChecksum(true)
                        .build()));
    }

    /** Empty, and the answer closed, where the size is that of another version than the answer. */
    private Optional<StoredObject> begun(Response response, Supplier<StoredObject> otherwise) {
        S3Written written = S3Written.of(bucket, response.header("ETag"), response.headers());
        ResponseBody content = response.body();
        long told = content == null ? 0 : content.contentLength();
        if (told >= 0) {
            return Optional.of(written.object(key, told));
        }
        boolean same = false;
        try {
            StoredObject now = otherwise.get();
            same = sameVersion(written.etag(), now.etag());
            return same ? Optional.of(written.object(key, now.size())) : Optional.empty();
        } finally {
            if (!same) {
                response.close();
            }
        }
    }

    /** A proxy that sends in chunks what came whole may call the tag of that weak. */
    private static boolean sameVersion(String got, String now) {
        return got.isEmpty() || now.isEmpty() || got.replace("W/", "").equals(now.replace("W/", ""));
    }

    /** The object that is being read. */
    StoredObject object() {
        return object;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        int count = calls.repeat(() -> readOrReopen(buffer, offset, length));
        position += Math.max(count, 0);
        if (position > object.size()) {
            throw calls.translate(operation, tooMuch());
        }
        return count;
    }

    /** What is too much once may come right when it is asked for again, as long as there is a rest to ask for. */
    private int readOrReopen(byte[] buffer, int offset, int length) {
        try {
            int count = body.read(buffer, offset, length);
            if (position < object.size() && position + count > object.size()) {
                throw tooMuch();
            }
            return count;
        } catch (IOException e) {
            reopen();
            throw calls.translate(operation, e);
        }
    }

    private ProtocolException tooMuch() {
        return new ProtocolException("it sends more than the %d bytes of the object".formatted(object.size()));
    }

    private void reopen() {
        close();
        if (mended >= MOST_MENDED && position - mendedAt < SteadyStream.LEAST) {
            throw MigratorException.unable(
                    Failure.SERVER_FAILED,
                    operation.verb(),
                    operation.thing(),
                    "the connection broke %d times, with less than %d bytes between"
                            .formatted(mended, SteadyStream.LEAST),
                    "Look at the server, and at what stands between; then run the same command again.");
        }
        GetObjectArgs.Builder rest = GetObjectArgs.builder().bucket(bucket).object(key);
        if (position > 0) {
            rest.offset(position);
        }
        if (!object.etag().isEmpty()) {
            rest.matchETag(object.etag());
        }
        GetObjectArgs args = rest.build();
        // Once only: the read that failed is what is repeated.
        Response response = calls.awaitOnce(operation, () -> client.getObject(args));
        requireRest(response);
        body = client.content(response);
        if (position - mendedAt >= SteadyStream.LEAST) {
            mended = 0;
            mendedAt = position;
        }
        mended++;
    }

    /** Servers and proxies there are that pass a range over and send all, or another part that they have at hand. */
    private void requireRest(Response response) {
        String range = Objects.requireNonNullElse(response.header("Content-Range"), "");
        if (position == 0 || (response.code() == PARTIAL_CONTENT && range.startsWith("bytes " + position + "-"))) {
            return;
        }
        response.close();
        throw MigratorException.unable(
                Failure.SERVER_FAILED,
                operation.verb(),
                operation.thing(),
                "the connection broke, and asked for the object from byte %d on, the server answered %d with %s"
                        .formatted(position, response.code(), range.isEmpty() ? "no range" : "the range " + range),
                "Let what stands between pass on the header Range; then run the same command again.");
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            // The connection is given up; nothing read so far depends on it.
            return;
        }
    }
}
