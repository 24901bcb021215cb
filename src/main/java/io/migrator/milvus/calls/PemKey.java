package io.migrator.milvus.calls;

import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import org.springframework.boot.ssl.pem.PemContent;

/** The private key of a PEM file, of every form that needs no password: PKCS#8, PKCS#1, SEC 1. */
final class PemKey {
    private PemKey() {}

    /** USAGE, with what to do, where there is no usable key in the file. */
    static PrivateKey read(String path) {
        String text;
        try {
            // A key is ASCII; what else the file says in words may be of any encoding.
            text = Files.readString(Path.of(path), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw Tls.unusable("read", path, e, "Set milvus.mtlsKeyPath to the private key of milvus.mtlsCertPath.");
        }
        if (!text.contains("PRIVATE KEY-----")) {
            throw unusable(path, "it holds no private key in PEM", "Set milvus.mtlsKeyPath to one.");
        }
        if (text.contains("ENCRYPTED")) {
            throw unusable(
                    path,
                    "the key is protected by a password",
                    "Convert it: openssl pkey -in '%s' -out '%s.pk8', and set milvus.mtlsKeyPath to that file."
                            .formatted(path, path));
        }
        return key(path, text);
    }

    private static PrivateKey key(String path, String text) {
        PrivateKey key = null;
        try {
            key = PemContent.of(text).getPrivateKey();
        } catch (IllegalStateException | IllegalArgumentException e) {
            // What it says may quote the key.
        }
        if (key == null) {
            throw unusable(
                    path, "the key in it is damaged, or of a kind that Java does not know", "Use a key of RSA or EC.");
        }
        return key;
    }

    private static MigratorException unusable(String path, String cause, String advice) {
        return Tls.unusable("read", path, new InvalidKeyException(cause), advice);
    }
}
