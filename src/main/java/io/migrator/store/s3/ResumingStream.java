package io.migrator.store.s3;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.SteadyStream;
import io.migrator.store.StoredObject;
import io.minio.GetObjectArgs;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.function.LongSupplier;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * An object as a stream that opens the connection again where it broke off, at the byte it had come to and only if the
 * object is still the same. What cannot be mended is thrown already translated. Not for several threads.
 */
final class ResumingStream extends InputStream {
    private static final int MOST_MENDED = 10;

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
     * @param otherwise asks for its size where the answer comes in chunks and does not tell: without one nothing said when a
     *     server had sent too much
     */
    ResumingStream(S3Client client, S3Calls calls, String bucket, String key, LongSupplier otherwise) {
        this.client = client;
        this.calls = calls;
        this.bucket = bucket;
        this.key = key;
        this.operation = Operation.read(bucket, key);
        Response response = calls.await(
                operation,
                () -> client.getObject(GetObjectArgs.builder()
                        .bucket(bucket)
                        .object(key)
                        .fetchChecksum(true)
                        .build()));
        this.object = S3Written.of(bucket, response.header("ETag"), response.headers())
                .object(key, size(response, otherwise));
        this.body = client.content(response);
    }

    private long size(Response response, LongSupplier otherwise) {
        ResponseBody body = response.body();
        long told = body == null ? 0 : body.contentLength();
        if (told >= 0) {
            return told;
        }
        try {
            return otherwise.getAsLong();
        } catch (RuntimeException e) {
            response.close();
            throw e;
        }
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
            String told = "it sends more than the %d bytes of the object".formatted(object.size());
            throw calls.translate(operation, new ProtocolException(told));
        }
        return count;
    }

    private int readOrReopen(byte[] buffer, int offset, int length) {
        try {
            return body.read(buffer, offset, length);
        } catch (IOException e) {
            reopen();
            throw calls.translate(operation, e);
        }
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
        body = client.content(calls.awaitOnce(operation, () -> client.getObject(args)));
        if (position - mendedAt >= SteadyStream.LEAST) {
            mended = 0;
            mendedAt = position;
        }
        mended++;
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
