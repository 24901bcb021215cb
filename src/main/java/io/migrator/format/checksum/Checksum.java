package io.migrator.format.checksum;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A checksum of an object's whole content, written {@code algorithm:hex}. It tells damage, not malice: which algorithm it is was a
 * store's choice. One of an algorithm that is not known here is kept as it is and cannot be {@link #checkable checked}.
 *
 * @param algorithm in small letters, such as {@code md5}, {@code crc32c}, {@code sha256}, {@code crc64nvme}
 * @param hex in small letters; of a CRC its bytes from the most significant one on
 */
public record Checksum(String algorithm, String hex) {
    public static final String MD5 = "md5";
    public static final String CRC32C = "crc32c";
    public static final String SHA256 = "sha256";
    public static final String CRC64NVME = "crc64nvme";

    private static final Pattern MD5_HEX = Pattern.compile("[0-9A-Fa-f]{32}");

    public Checksum {
        algorithm = algorithm.toLowerCase(Locale.ROOT);
        hex = hex.toLowerCase(Locale.ROOT);
    }

    public static Checksum of(String algorithm, byte[] value) {
        return new Checksum(algorithm, HexFormat.of().formatHex(value));
    }

    /** The checksum that {@link #toString} wrote; nothing where it is none. */
    public static Optional<Checksum> parse(String text) {
        // By hand: manifests have one a line, a million of them.
        int colon = text.indexOf(':');
        int digits = text.length() - colon - 1;
        if (colon < 1 || digits == 0 || digits % 2 != 0) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fits = i < colon ? isOfName(c) : i == colon || HexFormat.isHexDigit(c);
            if (!fits) {
                return Optional.empty();
            }
        }
        return Optional.of(new Checksum(text.substring(0, colon), text.substring(colon + 1)));
    }

    private static boolean isOfName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    /** The MD5 that an entity tag may be by its form, 32 hexadecimal digits. Whether it is one, the caller must know. */
    public static Optional<Checksum> md5OfTag(String etag) {
        return MD5_HEX.matcher(etag).matches() ? Optional.of(new Checksum(MD5, etag)) : Optional.empty();
    }

    /** Whether {@link ContentDigest} can compute it anew. */
    public boolean checkable() {
        return ContentDigest.knows(algorithm);
    }

    /** Whether the two cannot be of the same content; false where that cannot be told. */
    public boolean contradicts(@Nullable Checksum other) {
        return other != null && algorithm.equals(other.algorithm) && !hex.equals(other.hex);
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
