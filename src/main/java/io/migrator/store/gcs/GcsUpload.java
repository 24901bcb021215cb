package io.migrator.store.gcs;

import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobTargetOption;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Content;
import io.migrator.store.driver.FirstBlock;
import io.migrator.store.driver.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Writes objects: in one request up to a chunk's size, else by a resumable upload, one chunk in memory at a time. An
 * upload that is not finished is dropped by Google after a week.
 */
final class GcsUpload {
    private static final int CHUNK = 8 << 20;

    private final GcsClient client;
    private final GcsCalls calls;
    private final String bucket;

    GcsUpload(GcsClient client, GcsCalls calls, String bucket) {
        this.client = client;
        this.calls = calls;
        this.bucket = bucket;
    }

    StoredObject write(String key, byte[] content) {
        return GcsTag.object(
                calls.call(Verb.WRITE, key, () -> client.write(content.length).create(info(key), content)));
    }

    /** CONFLICT where the object exists. */
    void writeIfAbsent(String key, byte[] content) {
        calls.once(
                Verb.WRITE, key, () -> client.requests().create(info(key), content, BlobTargetOption.doesNotExist()));
    }

    /** CONFLICT where the object is not of that generation any more. */
    StoredObject replace(String key, byte[] content, long generation) {
        return GcsTag.object(calls.once(Verb.WRITE, key, () -> client.requests()
                .create(info(key), content, BlobTargetOption.generationMatch(generation))));
    }

    private BlobInfo info(String key) {
        return BlobInfo.newBuilder(bucket, key).build();
    }

    StoredObject write(String key, InputStream content, long size) {
        return FirstBlock.write(
                bucket + "/" + key,
                content,
                size,
                CHUNK,
                whole -> write(key, whole),
                first -> writeInChunks(key, content, size, first));
    }

    /** The channel is closed only to finish the object: left open, nothing of it is ever seen. */
    @SuppressWarnings("MustBeClosedChecker")
    private StoredObject writeInChunks(String key, InputStream content, long size, byte[] first) throws IOException {
        WriteChannel channel =
                calls.once(Verb.WRITE, key, () -> client.uploads().writer(info(key)));
        channel.setChunkSize(CHUNK);
        byte[] chunk = first;
        int length = first.length;
        long written = 0;
        while (length > 0) {
            ByteBuffer rest = ByteBuffer.wrap(chunk, 0, length);
            calls.once(Verb.WRITE, key, () -> {
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                return key;
            });
            written += length;
            Content.requireNoMore(bucket + "/" + key, size, written);
            length = content.readNBytes(chunk, 0, chunk.length);
        }
        Content.requireSize(bucket + "/" + key, size, written);
        calls.once(Verb.WRITE, key, () -> {
            channel.close();
            return key;
        });
        Blob blob = calls.call(Verb.LOOK_UP, key, () -> client.requests().get(bucket, key));
        return GcsTag.object(blob);
    }
}
