package io.migrator.store.azure;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.models.BlobHttpHeaders;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlockBlobItem;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import io.migrator.format.checksum.JavaDigest;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Content;
import io.migrator.store.driver.FirstBlock;
import io.migrator.store.driver.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
        BlockBlobItem written = calls.call(Verb.WRITE, key, () -> put(key, content, new BlobRequestConditions()));
        return AzureTag.object(key, content.length, written.getContentMd5(), written.getETag());
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
        byte[] md5 = JavaDigest.of("MD5").digest(content);
        BlockBlobSimpleUploadOptions options = new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(content))
                .setContentMd5(md5)
                .setHeaders(new BlobHttpHeaders().setContentMd5(md5))
                .setRequestConditions(conditions);
        return container.blob(key).uploadWithResponse(options, null, null).getValue();
    }

    StoredObject write(String key, InputStream content, long size) {
        int blockSize = Math.toIntExact(Math.max(BLOCK_MIN, (size + BLOCKS_MAX - 1) / BLOCKS_MAX));
        return FirstBlock.write(
                bucket + "/" + key,
                content,
                size,
                blockSize,
                whole -> write(key, whole),
                first -> writeInBlocks(key, content, size, first));
    }

    private StoredObject writeInBlocks(String key, InputStream content, long size, byte[] first) throws IOException {
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
            md5.update(block, 0, length);
            written += length;
            Content.requireNoMore(bucket + "/" + key, size, written);
            length = content.readNBytes(block, 0, block.length);
        }
        Content.requireSize(bucket + "/" + key, size, written);
        BlobHttpHeaders headers = new BlobHttpHeaders().setContentMd5(md5.digest());
        BlockBlobItem item = calls.call(Verb.WRITE, key, () -> blob.commitBlockListWithResponse(
                        new BlockBlobCommitBlockListOptions(blocks).setHeaders(headers), null, null)
                .getValue());
        return AzureTag.object(key, written, headers.getContentMd5(), item.getETag());
    }
}
