package io.migrator.store.s3;

import io.minio.Http;
import io.minio.messages.Part;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * The checksums of the parts of an upload. Amazon takes a part with a checksum only where the beginning of the upload named
 * its algorithm, and then wants each of them again in the end. Buckets that lock objects demand one.
 */
final class PartSums {
    private static final String ALGORITHM = "x-amz-checksum-algorithm";
    private static final String SUM = "x-amz-checksum-crc32c";

    private PartSums() {}

    /** For the request that begins the upload. */
    static Http.Headers begin() {
        return new Http.Headers(ALGORITHM, "CRC32C");
    }

    /** For the request that sends a part; the client adds none of its own then. */
    static Http.Headers part(byte[] data, int length) {
        return new Http.Headers(SUM, of(data, length));
    }

    /** The part as the end of the upload names it. */
    static Part sent(Part written, byte[] data, int length) {
        return new Part(written.partNumber(), written.etag(), null, of(data, length), null, null, null);
    }

    /** The same for a server that knows no such checksums: MD5, which the client adds nothing to either. */
    static Http.Headers plainPart(byte[] data, int length) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(data, 0, length);
            return new Http.Headers(
                    Http.Headers.CONTENT_MD5, Base64.getEncoder().encodeToString(md5.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String of(byte[] data, int length) {
        CRC32C sum = new CRC32C();
        sum.update(data, 0, length);
        byte[] bytes =
                ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array();
        return Base64.getEncoder().encodeToString(bytes);
    }
}
