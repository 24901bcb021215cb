package io.migrator.fake.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
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
            made.authority();
            made.signed("server", "san=dns:localhost,ip:127.0.0.1");
            made.signed("client", "eku=clientAuth");
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
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store("server"), SECRET);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store("server"));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void authority() throws IOException, GeneralSecurityException {
        keytool(
                "-genkeypair",
                "-alias",
                "ca",
                "-keystore",
                "ca.p12",
                "-dname",
                "CN=lab authority",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "30",
                "-ext",
                "bc:c");
        pem(caPem(), "CERTIFICATE", store("ca").getCertificate("ca").getEncoded());
    }

    private void signed(String name, String extension) throws IOException, GeneralSecurityException {
        String keystore = name + ".p12";
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keystore",
                keystore,
                "-dname",
                "CN=lab " + name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "30");
        keytool("-certreq", "-alias", name, "-keystore", keystore, "-file", name + ".csr");
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-keystore",
                "ca.p12",
                "-infile",
                name + ".csr",
                "-outfile",
                name + ".crt",
                "-validity",
                "30",
                "-ext",
                extension);
        keytool("-importcert", "-noprompt", "-alias", "ca", "-keystore", keystore, "-file", "ca.pem");
        keytool("-importcert", "-noprompt", "-alias", name, "-keystore", keystore, "-file", name + ".crt");
        pem(
                folder.resolve(name + ".pem"),
                "CERTIFICATE",
                store(name).getCertificate(name).getEncoded());
        Key key = store(name).getKey(name, SECRET);
        pem(folder.resolve(name + ".key"), "PRIVATE KEY", key.getEncoded());
    }

    private KeyStore store(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(file, SECRET);
        }
        return store;
    }

    private static void pem(Path file, String kind, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        Files.writeString(file, PEM.formatted(kind, text, kind));
    }

    private void keytool(String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(words));
        command.addAll(List.of("-storepass", PASSWORD, "-storetype", "PKCS12"));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool " + words[0] + " failed: " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
