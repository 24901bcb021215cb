package io.migrator.store.azure;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlockBlobItem;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import io.migrator.failure.MigratorException;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.format.checksum.JavaDigest;
import io.migrator.store.ContentMd5;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Content;
import io.migrator.store.driver.FirstBlock;
import io.migrator.store.driver.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes blobs: in one request up to a block's size, else in blocks, one in memory at a time. The MD5 goes with each.
 * Blocks of a write that failed are dropped by Azure after a week.
 */
final class AzureUpload {
    private static final int BLOCK_MIN = 8 << 20;
    private static final int BLOCKS_MAX = 50_000;

    private final AzureContainer container;
    private final AzureCalls calls;
    private final String bucket;

    AzureUpload(AzureContainer container, AzureCalls calls, String bucket) {
        this.container = container;
        this.calls = calls;
        this.bucket = bucket;
    }

    StoredObject write(String key, byte[] content) {
        return write(key, content, JavaDigest.of("MD5").digest(content));
    }

    private StoredObject write(String key, byte[] content, byte[] md5) {
        BlockBlobItem written = calls.call(Verb.WRITE, key, () -> put(key, content, new BlobRequestConditions(), md5));
        return AzureTag.object(key, content.length, written.getContentMd5(), written.getETag());
    }

    /** What is only told is compared by Azure; where that ends otherwise than with the same MD5, here. */
    private StoredObject write(String key, byte[] content, ContentMd5 md5) {
        StoredObject written;
        try {
            written = write(key, content, bytes(md5));
        } catch (MigratorException e) {
            if (md5.isOnlyTold()) {
                md5.require(ContentDigest.of(content, Checksum.MD5));
            }
            throw e;
        }
        if (md5.isOnlyTold() && !md5.value().equals(written.checksum())) {
            md5.require(ContentDigest.of(content, Checksum.MD5));
        }
        return written;
    }

    private static byte[] bytes(ContentMd5 md5) {
        return HexFormat.of().parseHex(md5.value().hex());
    }

    /** CONFLICT where the blob exists. */
    void writeIfAbsent(String key, byte[] content) {
        calls.once(Verb.WRITE, key, () -> put(key, content, new BlobRequestConditions().setIfNoneMatch("*")));
    }

    /** CONFLICT or NOT_FOUND where the blob is not of that version any more. */
    StoredObject replace(String key, byte[] content, String version) {
        BlockBlobItem written =
                calls.once(Verb.WRITE, key, () -> put(key, content, new BlobRequestConditions().setIfMatch(version)));
        return AzureTag.object(key, content.length, written.getContentMd5(), written.getETag());
    }

    private BlockBlobItem put(String key, byte[] content, BlobRequestConditions conditions) {
        return put(key, content, conditions, JavaDigest.of("MD5").digest(content));
    }

    private BlockBlobItem put(String key, byte[] content, BlobRequestConditions conditions, byte[] md5) {
        BlockBlobSimpleUploadOptions options = new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(content))
                .setContentMd5(md5)
                .setHeaders(new BlobHttpHeaders().setContentMd5(md5))
                .setRequestConditions(conditions);
        return container.blob(key).uploadWithResponse(options, null, null).getValue();
    }

    static boolean inOneRequest(long size) {
        return size >= 0 && size < BLOCK_MIN;
    }

    /** @param md5 of the content; null where nobody knows it */
    StoredObject write(String key, InputStream content, long size, @Nullable ContentMd5 md5) {
        int blockSize = Math.toIntExact(Math.max(BLOCK_MIN, (size + BLOCKS_MAX - 1) / BLOCKS_MAX));
        return FirstBlock.write(
                bucket + "/" + key,
                content,
                size,
                blockSize,
                whole -> md5 == null ? write(key, whole) : write(key, whole, md5),
                first -> writeInBlocks(key, content, size, first, md5));
    }

    private StoredObject writeInBlocks(
            String key, InputStream content, long size, byte[] first, @Nullable ContentMd5 known) throws IOException {
        BlockBlobClient blob = container.blob(key);
        MessageDigest md5 = JavaDigest.of("MD5");
        List<String> blocks = new ArrayList<>();
        long written = 0;
        byte[] block = first;
        int length = first.length;
        while (length > 0) {
            String id = BlockId.of(blocks.size());
            BinaryData data = BinaryData.fromBytes(length == block.length ? block : Arrays.copyOf(block, length));
            BlockBlobStageBlockOptions staged = new BlockBlobStageBlockOptions(id, data)
                    .setContentMd5(JavaDigest.of("MD5").digest(data.toBytes()));
            calls.call(Verb.WRITE, key, () -> blob.stageBlockWithResponse(staged, null, null));
            blocks.add(id);
            if (known == null) {
                md5.update(block, 0, length);
            }
            written += length;
            Content.requireNoMore(bucket + "/" + key, size, written);
            length = content.readNBytes(block, 0, block.length);
        }
        Content.requireSize(bucket + "/" + key, size, written);
        BlobHttpHeaders headers = new BlobHttpHeaders().setContentMd5(known == null ? md5.digest() : bytes(known));
        BlockBlobItem item = calls.call(Verb.WRITE, key, () -> blob.commitBlockListWithResponse(
                        new BlockBlobCommitBlockListOptions(blocks).setHeaders(headers), null, null)
                .getValue());
        return AzureTag.object(key, written, headers.getContentMd5(), item.getETag());
    }
}
