package io.migrator.format;

import io.migrator.failure.KnownSecrets;
import java.io.IOException;

/**
 * A file of a backup is not what its format demands. The message says where in the file and why, in words for a user; the
 * caller knows which file it was. Other {@link IOException}s are faults of the connection the file was read over.
 */
public final class DamagedMetaException extends IOException {
    private static final long serialVersionUID = 1L;
    /** Messages quote names and values of a file that may hold anything, of any length. */
    private static final int LONGEST_MESSAGE = 1_000;

    public DamagedMetaException(String message) {
        super(bounded(message));
    }

    public DamagedMetaException(String message, Throwable cause) {
        super(bounded(message), cause);
    }

    private static String bounded(String message) {
        String begin = KnownSecrets.ofThisProcess().begin(message, LONGEST_MESSAGE);
        return message.length() <= LONGEST_MESSAGE ? begin : begin + "…";
    }
}
