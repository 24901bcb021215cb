package io.migrator.milvus.calls;

import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key in PEM. Java reads PKCS#8 without a password; for other forms the message holds the command to convert. */
final class PemKey {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([^-]*)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private PemKey() {}

    /** USAGE, with what to do, where there is no usable key in the file. */
    static PrivateKey read(String path) {
        String text;
        try {
            text = Files.readString(Path.of(path), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw Tls.unusable("read", path, e, "Set milvus.mtlsKeyPath to the private key of milvus.mtlsCertPath.");
        }
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw unusable(path, "it holds no private key in PEM", "Set milvus.mtlsKeyPath to one.");
        }
        if (text.contains("ENCRYPTED")) {
            throw unusable(path, "the key is protected by a password", convert("pkey -in", path));
        }
        if (!block.group(1).equals("PRIVATE KEY")) {
            throw unusable(
                    path,
                    "the key has the form '%s'".formatted(block.group(1)),
                    convert("pkcs8 -topk8 -nocrypt -in", path));
        }
        return key(path, Base64.getMimeDecoder().decode(block.group(2)));
    }

    private static PrivateKey key(String path, byte[] encoded) {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException e) {
                // A key of another algorithm.
            } catch (GeneralSecurityException e) {
                throw Tls.unusable("read", path, e, "Use a key of RSA or EC.");
            }
        }
        throw unusable(path, "it is a key of none of " + ALGORITHMS, "Use a key of RSA or EC.");
    }

    private static String convert(String command, String path) {
        return "Convert it: openssl %s '%s' -out '%s.pk8', and set milvus.mtlsKeyPath to that file."
                .formatted(command, path, path);
    }

    private static MigratorException unusable(String path, String cause, String advice) {
        return Tls.unusable("read", path, new InvalidKeyException(cause), advice);
    }
}
