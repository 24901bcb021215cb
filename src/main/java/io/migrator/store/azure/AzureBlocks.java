package io.migrator.store.azure;

import com.azure.storage.blob.models.BlobDownloadContentResponse;
import com.azure.storage.blob.models.BlobDownloadHeaders;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlobStorageException;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.BlockStream;
import io.migrator.store.driver.Verb;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.util.Objects;

/** Reads a blob range by range, all of the same version. */
final class AzureBlocks implements BlockStream.Blocks {
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final AzureContainer container;
    private final AzureCalls calls;
    private final String key;
    private final BlobRequestConditions sameVersion = new BlobRequestConditions();
    private long size = -1;
    private StoredObject object;

    AzureBlocks(AzureContainer container, AzureCalls calls, String key) {
        this.container = container;
        this.calls = calls;
        this.key = key;
        this.object = new StoredObject(key, 0, "");
    }

    /** The blob, once a block of it was read; without a tag where it is empty. */
    StoredObject object() {
        return object;
    }

    @Override
    public byte[] from(long position) {
        return size >= 0 && position >= size ? new byte[0] : calls.call(Verb.READ, key, () -> fetch(position));
    }

    private byte[] fetch(long position) {
        try {
            BlobDownloadContentResponse answer = container
                    .blob(key)
                    .downloadContentWithResponse(
                            null, sameVersion, new BlobRange(position, (long) BlockStream.BLOCK), false, null, null);
            BlobDownloadHeaders headers = answer.getDeserializedHeaders();
            String range = Objects.requireNonNull(headers.getContentRange(), "no range");
            if (!range.startsWith("bytes " + position + "-")) {
                throw new UncheckedIOException(
                        new ProtocolException("asked for bytes from %d on it sends %s".formatted(position, range)));
            }
            size = Long.parseLong(range.substring(range.lastIndexOf('/') + 1));
            sameVersion.setIfMatch(headers.getETag());
            object = AzureTag.object(key, size, headers.getBlobContentMD5(), headers.getETag());
            byte[] block = answer.getValue().toBytes();
            if (block.length != Math.min(BlockStream.BLOCK, size - position)) {
                throw new UncheckedIOException(new ProtocolException(
                        "a block of %d bytes at %d of %d".formatted(block.length, position, size)));
            }
            return block;
        } catch (BlobStorageException e) {
            if (e.getStatusCode() == RANGE_NOT_SATISFIABLE && position == 0) {
                // An empty blob has no first byte to ask for.
                size = 0;
                return new byte[0];
            }
            throw e;
        }
    }
}
