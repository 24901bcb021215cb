package io.migrator.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** A service account of Google's with a token endpoint of its own, which accepts its first key only. */
public final class GoogleAccount implements AutoCloseable {
    private final HttpServer tokens;
    private final KeyPair key = Keys.KNOWN;
    private final AtomicInteger given = new AtomicInteger();

    public GoogleAccount() {
        try {
            tokens = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            tokens.createContext("/token", this::answer);
            tokens.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Made once: one costs a second of processor time. */
    private static final class Keys {
        private static final KeyPair KNOWN = make();
        private static final KeyPair UNKNOWN = make();

        private static KeyPair make() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Checks the signature of the assertion as Google does: form field {@code assertion}, a JWT signed with RS256. */
    private void answer(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        boolean good = form.contains("assertion=") && signed(form.replaceAll(".*assertion=([^&]*).*", "$1"));
        byte[] body = (good
                        ? "{\"access_token\":\"token-" + given.incrementAndGet()
                                + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
                        : "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}")
                .getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(good ? 200 : 400, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private boolean signed(String jwt) {
        int dot = jwt.lastIndexOf('.');
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key.getPublic());
            signature.update(jwt.substring(0, dot).getBytes(UTF_8));
            return signature.verify(Base64.getUrlDecoder().decode(jwt.substring(dot + 1)));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** How many tokens were asked for and given. */
    public int tokensGiven() {
        return given.get();
    }

    /** The JSON key of the account. */
    public String json() {
        return json(key);
    }

    /** The same with a key that the account does not know. */
    public String jsonWithWrongKey() {
        return json(Keys.UNKNOWN);
    }

    private String json(KeyPair pair) {
        String pem = "-----BEGIN PRIVATE KEY-----\\n"
                + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\\n-----END PRIVATE KEY-----\\n";
        return """
                {"type":"service_account","project_id":"lab","private_key_id":"k1","private_key":"%s",
                "client_email":"migrator@lab.example","client_id":"1","token_uri":"http://127.0.0.1:%d/token"}
                """
                .formatted(pem, tokens.getAddress().getPort());
    }

    @Override
    public void close() {
        tokens.stop(0);
    }
}
