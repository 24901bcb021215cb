package io.migrator.store.gcs;

import com.google.cloud.storage.BlobInfo;
import io.migrator.store.StoredObject;

/**
 * The entity tag of an object: the MD5 of its content, in hexadecimal as S3 has it for objects written in one request.
 * Composed objects have none; theirs is the generation, which changes with every write and copy.
 */
final class GcsTag {
    private GcsTag() {}

    static StoredObject object(BlobInfo blob) {
        return new StoredObject(blob.getName(), blob.getSize(), of(blob));
    }

    private static String of(BlobInfo blob) {
        String md5 = blob.getMd5ToHexString();
        return md5 == null || md5.isEmpty() ? StoredObject.WEAK + blob.getGeneration() : md5;
    }
}
