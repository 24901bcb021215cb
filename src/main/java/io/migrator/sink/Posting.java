package io.migrator.sink;

import io.migrator.failure.KnownSecrets;
import io.migrator.failure.Printable;
import io.migrator.http.Authorities;
import io.migrator.http.Exchange;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Sends something to an address, three times at most. What goes wrong is told without the address, which may be a secret. */
public final class Posting {
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int MOST_ANSWER = 64 << 10;
    private static final int SHOWN = 200;

    private final Exchange exchange;
    private final Duration timeout;

    /**
     * @param caCertPath PEM; empty for the authorities of Java
     * @param timeout of one attempt
     */
    public Posting(String caCertPath, Duration timeout) throws IOException {
        this.exchange = new Exchange(
                caCertPath.isEmpty() ? null : Authorities.of(Path.of(caCertPath)), uri -> false, MOST_ANSWER);
        this.timeout = timeout;
    }

    /** IOException with a sentence for a warning where it was not taken. */
    public void post(String address, List<Map.Entry<String, String>> headers, byte[] body) throws IOException {
        URI uri = uri(address);
        Exchange.Question question = new Exchange.Question("POST", uri, headers, out -> out.write(body), body.length);
        for (int attempt = 1; ; attempt++) {
            String fault;
            boolean again;
            try {
                Exchange.Answer answer = exchange.of(question, timeout);
                if (answer.status() < 300) {
                    return;
                }
                fault = "it answered %d: %s".formatted(answer.status(), shown(answer.body()));
                again = answer.status() >= 500 || answer.status() == 429;
            } catch (IllegalArgumentException e) {
                // Its text is the address.
                fault = "no such address can be asked";
                again = false;
            } catch (IOException e) {
                fault = String.valueOf(e.getMessage());
                again = true;
            }
            if (!again || attempt == ATTEMPTS) {
                throw new IOException("unable to send to %s:%d: %s"
                        .formatted(uri.getHost(), uri.getPort() < 0 ? usual(uri) : uri.getPort(), fault));
            }
            sleep();
        }
    }

    /** What is wrong with it would be said with its text. */
    private static URI uri(String address) throws IOException {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw new IOException("the address cannot be used: it has a sign at %d that must be written as %%xx"
                    .formatted(e.getIndex()));
        }
    }

    private static int usual(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private static String shown(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        return Printable.text(KnownSecrets.ofThisProcess().begin(text, SHOWN));
    }

    private static void sleep() throws IOException {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("given up", e);
        }
    }
}
