package io.migrator.store.gcs;

import com.google.cloud.storage.BlobInfo;
import io.migrator.format.checksum.Checksum;
import io.migrator.store.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * The entity tag of an object: the MD5 of its content, in hexadecimal as S3 has it for objects written in one request.
 * Composed objects have none; theirs is the generation, which changes with every write and copy.
 */
final class GcsTag {
    private GcsTag() {}

    static StoredObject object(BlobInfo blob) {
        return new StoredObject(blob.getName(), blob.getSize(), of(blob), checksum(blob));
    }

    /** Composed objects have no MD5; the CRC32C all have. */
    private static @Nullable Checksum checksum(BlobInfo blob) {
        String md5 = blob.getMd5ToHexString();
        if (md5 != null && !md5.isEmpty()) {
            return new Checksum(Checksum.MD5, md5);
        }
        String crc32c = blob.getCrc32cToHexString();
        return crc32c == null || crc32c.isEmpty() ? null : new Checksum(Checksum.CRC32C, crc32c);
    }

    private static String of(BlobInfo blob) {
        String md5 = blob.getMd5ToHexString();
        return md5 == null || md5.isEmpty() ? StoredObject.WEAK + blob.getGeneration() : md5;
    }
}
