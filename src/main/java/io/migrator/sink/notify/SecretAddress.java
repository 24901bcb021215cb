package io.migrator.sink.notify;

import io.migrator.failure.KnownSecrets;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** An address that lets in whoever knows it: its parts are secrets as well, since servers repeat them in their answers. */
final class SecretAddress {
    /** Shorter ones are words such as {@code services}. */
    private static final int TELLING = 8;

    private SecretAddress() {}

    static void learn(String address) {
        try {
            URI uri = new URI(address);
            learn(uri.getRawPath(), "/");
            learn(uri.getRawQuery(), "[&=]");
        } catch (URISyntaxException e) {
            // Nothing is sent to it.
        }
    }

    private static void learn(@Nullable String part, String between) {
        if (part == null) {
            return;
        }
        if (part.length() > TELLING) {
            KnownSecrets.ofThisProcess().learn(part);
        }
        for (String piece : part.split(between, -1)) {
            if (piece.length() > TELLING) {
                KnownSecrets.ofThisProcess().learn(piece);
            }
        }
    }
}
