package io.migrator.format.log;

import java.io.IOException;

/** A log has to be read again, with room for a longer footer: it may be whole. */
public final class LongFooterException extends IOException {
    private static final long serialVersionUID = 1L;

    LongFooterException(int length) {
        super("a footer of %d bytes".formatted(length));
    }
}
