package io.migrator.format.own;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The content of {@code migrator/seal.mac}: an HMAC-SHA-256 over the bytes of the seal, by a key of the user's. A seal
 * alone can be written by whoever can write to the vault.
 */
public final class SealMac {
    /** More than any has. */
    public static final int MOST = 1024;

    private static final String FORM = "hmac-sha256:";
    private static final String ALGORITHM = "HmacSHA256";

    private SealMac() {}

    /** The file's content. */
    public static byte[] write(byte[] seal, String key) {
        return (text(seal, key) + "\n").getBytes(US_ASCII);
    }

    /** Whether it was made of this seal by this key. How long that takes does not depend on how much of it is right. */
    public static boolean matches(byte[] content, byte[] seal, String key) {
        return MessageDigest.isEqual(
                new String(content, UTF_8).strip().getBytes(UTF_8),
                text(seal, key).getBytes(US_ASCII));
    }

    private static String text(byte[] seal, String key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM));
            return FORM + HexFormat.of().formatHex(mac.doFinal(seal));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
