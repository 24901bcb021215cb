package io.migrator.milvus.calls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemKeyTest {
    @TempDir
    private Path dir;

    private Path file(String kind, byte[] encoded) throws IOException {
        String text = "friendlyName: M\u00fcller\n-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(encoded), kind);
        return Files.writeString(dir.resolve("client.key"), text, ISO_8859_1);
    }

    private static PrivateKey made(String algorithm) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
    }

    private static PrivateKey curve() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        return generator.generateKeyPair().getPrivate();
    }

    @Test
    void readsWhatJavaWrites() throws Exception {
        for (PrivateKey key : new PrivateKey[] {made("RSA"), made("Ed25519"), curve()}) {
            assertThat(PemKey.read(file("PRIVATE KEY", key.getEncoded()).toString()))
                    .isEqualTo(key);
        }
    }

    /** What openssl wrote before version 3: {@code BEGIN RSA PRIVATE KEY}. */
    @Test
    void readsTheOldFormOfRsa() throws Exception {
        PrivateKey key = made("RSA");
        byte[] old = PrivateKeyInfo.getInstance(key.getEncoded())
                .parsePrivateKey()
                .toASN1Primitive()
                .getEncoded();

        assertThat(PemKey.read(file("RSA PRIVATE KEY", old).toString())).isEqualTo(key);
    }

    /** What {@code openssl ecparam -genkey} writes: {@code BEGIN EC PRIVATE KEY}. */
    @Test
    void readsTheOldFormOfCurves() throws Exception {
        PrivateKey key = curve();
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
        ECPrivateKey bare = ECPrivateKey.getInstance(info.parsePrivateKey());
        byte[] old = new ECPrivateKey(
                        384, bare.getKey(), info.getPrivateKeyAlgorithm().getParameters())
                .getEncoded();

        assertThat(PemKey.read(file("EC PRIVATE KEY", old).toString()))
                .isInstanceOfSatisfying(java.security.interfaces.ECPrivateKey.class, read -> assertThat(read.getS())
                        .isEqualTo(bare.getKey()));
    }

    @Test
    void saysWhatToDoWithAnother() throws IOException {
        unusable(file("RSA PRIVATE KEY", new byte[3]), "damaged");
        unusable(file("ENCRYPTED PRIVATE KEY", new byte[3]), "openssl pkey -in '" + dir.resolve("client.key") + "'");
        unusable(file("CERTIFICATE", new byte[3]), "no private key");
        unusable(dir.resolve("none.key"), "milvus.mtlsKeyPath");
    }

    private static void unusable(Path key, String told) {
        assertThatThrownBy(() -> PemKey.read(key.toString()))
                .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                        .isEqualTo(Failure.USAGE))
                .hasMessageContaining(key.toString())
                .hasMessageContaining(told);
    }
}
