package io.migrator.store.s3;

import io.migrator.format.checksum.Checksum;
import io.migrator.store.StoredObject;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says of an object's content: the entity tag, and a checksum where there is one of the whole object.
 *
 * <p>A tag is the MD5 of the content where it is 32 hexadecimal digits and the object was not encrypted with a key of KMS or of
 * the customer, as Amazon's reference of the Object type has it; in a directory bucket it never is. Answers to
 * listings do not tell how objects are encrypted, so no tag of a listing counts as a checksum.
 */
record S3Written(String etag, @Nullable Checksum checksum) {
    private static final String ENCRYPTION = "x-amz-server-side-encryption";
    private static final String CUSTOMER_KEY = ENCRYPTION + "-customer-algorithm";
    private static final String KEPT = "x-amz-checksum-";
    private static final String DIRECTORY_BUCKET = "--x-s3";

    private static final List<String> ALGORITHMS = List.of(Checksum.CRC64NVME, Checksum.SHA256, Checksum.CRC32C);

    /** Looks into the headers of an answer to HEAD, GET or PUT. */
    static S3Written of(String bucket, @Nullable String etag, Headers headers) {
        String tag = S3Listing.unquoted(etag);
        Optional<Checksum> md5 = tellsContent(bucket, headers) ? Checksum.md5OfTag(tag) : Optional.empty();
        return new S3Written(
                tag,
                md5.or(() -> kept(algorithm -> text(headers.get(KEPT + algorithm))))
                        .orElse(null));
    }

    /**
     * Looks into the answer to a copy or to the end of an upload in parts, which need not tell of encryption: there a tag is an
     * MD5 only where the source has the same one, for what is encrypted anew gets another.
     *
     * @param sourceTag of the source of a copy; null where it is not known, or there is none
     * @param kept the checksum of an algorithm as S3 writes it, in Base64; empty where the answer has none
     */
    static S3Written ofCopy(@Nullable String etag, @Nullable String sourceTag, UnaryOperator<String> kept) {
        String tag = S3Listing.unquoted(etag);
        Optional<Checksum> md5 = tag.equals(S3Listing.unquoted(sourceTag)) ? Checksum.md5OfTag(tag) : Optional.empty();
        return new S3Written(tag, md5.or(() -> kept(kept)).orElse(null));
    }

    private static Optional<Checksum> kept(UnaryOperator<String> kept) {
        return ALGORITHMS.stream()
                .flatMap(algorithm -> decoded(algorithm, kept.apply(algorithm)).stream())
                .findFirst();
    }

    StoredObject object(String key, long size) {
        return new StoredObject(key, size, etag, checksum);
    }

    private static boolean tellsContent(String bucket, Headers headers) {
        return !text(headers.get(ENCRYPTION)).startsWith("aws:kms")
                && text(headers.get(CUSTOMER_KEY)).isEmpty()
                && !bucket.endsWith(DIRECTORY_BUCKET);
    }

    /** A checksum of checksums of parts ends with their number, and is none of the content. */
    private static Optional<Checksum> decoded(String algorithm, String base64) {
        if (base64.isEmpty() || base64.contains("-")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Checksum.of(algorithm, Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException e) {
            // What is not Base64 is nothing that S3 defines.
            return Optional.empty();
        }
    }

    private static String text(@Nullable String orNull) {
        return orNull == null ? "" : orNull;
    }
}
