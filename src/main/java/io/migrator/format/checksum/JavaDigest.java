package io.migrator.format.checksum;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A digest that comes with every Java: {@code MD5}, {@code SHA-256}. */
public final class JavaDigest {
    private JavaDigest() {}

    public static MessageDigest of(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + name, e);
        }
    }
}
