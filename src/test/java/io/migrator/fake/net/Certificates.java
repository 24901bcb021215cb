package io.migrator.fake.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority made for one test, a server's certificate for {@code localhost} and 127.0.0.1, and a client's; made by the
 * JDK's keytool.
 */
public final class Certificates {
    private static final String PASSWORD = "lab-only";
    private static final char[] SECRET = PASSWORD.toCharArray();
    private static final String KEYS = "keys.p12";
    private static final String PEM = "-----BEGIN %s-----\n%s\n-----END %s-----\n";

    private final Path folder;

    private Certificates(Path folder) {
        this.folder = folder;
    }

    /** @param folder for the files; made where it is missing */
    public static Certificates make(Path folder) {
        try {
            Files.createDirectories(folder);
            Certificates made = new Certificates(folder);
            made.keytool("ca", "-ext", "bc:c");
            made.keytool("server", "-signer", "ca", "-ext", "san=dns:localhost,ip:127.0.0.1");
            made.keytool("client", "-signer", "ca", "-ext", "eku=clientAuth");
            KeyStore all = made.all();
            pem(made.caPem(), "CERTIFICATE", all.getCertificate("ca").getEncoded());
            pem(made.clientPem(), "CERTIFICATE", all.getCertificate("client").getEncoded());
            pem(made.clientKey(), "PRIVATE KEY", all.getKey("client", SECRET).getEncoded());
            return made;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot make certificates in " + folder, e);
        }
    }

    /** The authority's certificate, for a client to trust. */
    public Path caPem() {
        return folder.resolve("ca.pem");
    }

    public Path clientPem() {
        return folder.resolve("client.pem");
    }

    /** The client's private key, PKCS#8 without a password. */
    public Path clientKey() {
        return folder.resolve("client.key");
    }

    /** For a server that shows its certificate and trusts the authority's clients. */
    public SSLContext serverContext() {
        try {
            KeyStore all = all();
            KeyStore own = empty();
            own.setKeyEntry("server", all.getKey("server", SECRET), SECRET, all.getCertificateChain("server"));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, SECRET);
            KeyStore trusted = empty();
            trusted.setCertificateEntry("ca", all.getCertificate("ca"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private KeyStore all() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(folder.resolve(KEYS))) {
            store.load(file, SECRET);
        }
        return store;
    }

    private static void pem(Path file, String kind, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        Files.writeString(file, PEM.formatted(kind, text, kind));
    }

    /** Makes a key with a certificate, all in one store. */
    private void keytool(String name, String... more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-genkeypair", "-alias", name, "-dname", "CN=lab " + name));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30"));
        command.addAll(List.of("-keystore", KEYS, "-storepass", PASSWORD, "-storetype", "PKCS12"));
        command.addAll(List.of(more));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool failed: " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
