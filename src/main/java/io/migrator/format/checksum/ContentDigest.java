package io.migrator.format.checksum;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/** Computes checksums of a content that passes by, in one pass and constant memory. Not for several threads. */
public final class ContentDigest {
    private static final int BUFFER = 64 << 10;

    private static final Map<String, Supplier<Algorithm>> KNOWN = Map.of(
            Checksum.MD5,
            () -> new Hash("MD5"),
            Checksum.SHA256,
            () -> new Hash("SHA-256"),
            Checksum.CRC32C,
            Crc32C::new,
            Checksum.CRC64NVME,
            Crc64Nvme::new);

    /** One checksum being computed. */
    interface Algorithm {
        void update(byte[] content, int offset, int length);

        /** Its value, most significant byte first; nothing is added after that. */
        byte[] value();
    }

    private final Map<String, Algorithm> computed = new TreeMap<>();

    /**
     * Computes all of these in the same pass.
     *
     * @throws IllegalArgumentException for an algorithm that is not {@linkplain #knows known}
     */
    public ContentDigest(Set<String> algorithms) {
        for (String algorithm : algorithms) {
            Supplier<Algorithm> known = KNOWN.get(algorithm);
            if (known == null) {
                throw new IllegalArgumentException("no such checksum: " + algorithm);
            }
            computed.put(algorithm, known.get());
        }
    }

    /** Whether checksums of this algorithm can be computed here. */
    public static boolean knows(String algorithm) {
        return KNOWN.containsKey(algorithm);
    }

    /** The checksum of a content that is in memory. */
    public static Checksum of(byte[] content, String algorithm) {
        ContentDigest digest = new ContentDigest(Set.of(algorithm));
        digest.update(content, 0, content.length);
        return digest.checksum(algorithm);
    }

    /** The checksum of all that is left of the stream, which stays open. */
    public static Checksum of(InputStream content, String algorithm) throws IOException {
        ContentDigest digest = new ContentDigest(Set.of(algorithm));
        byte[] buffer = new byte[BUFFER];
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            digest.update(buffer, 0, count);
        }
        return digest.checksum(algorithm);
    }

    /** The next bytes of the content. */
    public void update(byte[] content, int offset, int length) {
        computed.values().forEach(one -> one.update(content, offset, length));
    }

    /** All that were wanted, by their algorithms; asked for once, at the end. */
    public Map<String, Checksum> checksums() {
        Map<String, Checksum> all = new TreeMap<>();
        computed.forEach((algorithm, one) -> all.put(algorithm, Checksum.of(algorithm, one.value())));
        return all;
    }

    /** The checksum of what has passed; asked for once, at the end, for one of the algorithms wanted. */
    public Checksum checksum(String algorithm) {
        Algorithm one = computed.get(algorithm);
        if (one == null) {
            throw new IllegalArgumentException("not computed: " + algorithm);
        }
        return Checksum.of(algorithm, one.value());
    }

    private static final class Hash implements Algorithm {
        private final MessageDigest digest;

        Hash(String name) {
            digest = JavaDigest.of(name);
        }

        @Override
        public void update(byte[] content, int offset, int length) {
            digest.update(content, offset, length);
        }

        @Override
        public byte[] value() {
            return digest.digest();
        }
    }

    private static final class Crc32C implements Algorithm {
        private final CRC32C crc = new CRC32C();

        @Override
        public void update(byte[] content, int offset, int length) {
            crc.update(content, offset, length);
        }

        @Override
        public byte[] value() {
            return ByteBuffer.allocate(Integer.BYTES)
                    .putInt((int) crc.getValue())
                    .array();
        }
    }
}
