package io.migrator.store.azure;

import com.azure.storage.blob.models.BlobProperties;
import io.migrator.format.checksum.Checksum;
import io.migrator.store.StoredObject;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The entity tag of a blob: the MD5 of its content where Azure keeps one, in hexadecimal as S3 has it for objects
 * written in one request, so that equal objects of unlike stores have equal tags. Else Azure's own tag, which changes with every write and copy.
 */
final class AzureTag {
    private AzureTag() {}

    static StoredObject object(String key, BlobProperties found) {
        return object(key, found.getBlobSize(), found.getContentMd5(), found.getETag());
    }

    static StoredObject object(String key, long size, byte @Nullable [] md5, @Nullable String etag) {
        Checksum checksum = md5 != null && md5.length > 0 ? Checksum.of(Checksum.MD5, md5) : null;
        return new StoredObject(key, size, of(md5, etag), checksum);
    }

    private static String of(byte @Nullable [] md5, @Nullable String etag) {
        if (md5 != null && md5.length > 0) {
            return HexFormat.of().formatHex(md5);
        }
        return StoredObject.WEAK + (etag == null ? "" : etag.replace("\"", ""));
    }
}
