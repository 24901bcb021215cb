package io.migrator.store.driver;

import java.io.IOException;
import java.util.Locale;

/** An answer that is not in the store's words: a proxy's, or that of another server altogether. */
public final class ForeignAnswer extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String text;
    private final String requestId;
    private final String location;

    /**
     * @param text its body
     * @param requestId may be empty
     * @param location where it redirects to, may be empty
     */
    public ForeignAnswer(int status, String text, String requestId, String location) {
        super("HTTP " + status + " " + Sentence.of(text));
        this.status = status;
        this.text = text;
        this.requestId = requestId;
        this.location = location;
    }

    /**
     * Whether an answer is one.
     *
     * @param type of its content, may be empty
     * @param format what the store's own answers are: {@code xml} or {@code json}
     */
    public static boolean is(int status, String type, String format) {
        String plain = type.toLowerCase(Locale.ROOT);
        return plain.contains("html") || (status >= 300 && status != 304 && !plain.contains(format));
    }

    int status() {
        return status;
    }

    String text() {
        return text;
    }

    String requestId() {
        return requestId;
    }

    String location() {
        return location;
    }
}
