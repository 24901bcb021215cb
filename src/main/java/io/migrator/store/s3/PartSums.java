package io.migrator.store.s3;

import io.minio.Http;
import io.minio.messages.Part;
import okhttp3.Headers;

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

    /** For the request that sends a part. */
    static Http.Headers part(Payload part) {
        return new Http.Headers(SUM, part.crc32c());
    }

    /** Whether the answer repeats the checksum, as that of a server that compared it does. */
    static boolean compared(Http.Headers sent, Headers answer) {
        String sum = answer.get(SUM);
        return sum != null && sent.containsKey(SUM) && sent.get(SUM).contains(sum);
    }

    /** The part as the end of the upload names it. */
    static Part sent(int number, String etag, Payload part) {
        return new Part(number, etag, null, part.crc32c(), null, null, null);
    }
}
