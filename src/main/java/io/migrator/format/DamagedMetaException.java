package io.migrator.format;

import java.io.IOException;

/**
 * A file of a backup is not what its format demands. The message says where in the file and why, in words for a user; the
 * caller knows which file it was. Other {@link IOException}s are faults of the connection the file was read over.
 */
public final class DamagedMetaException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedMetaException(String message) {
        super(message);
    }

    DamagedMetaException(String message, Throwable cause) {
        super(message, cause);
    }
}
