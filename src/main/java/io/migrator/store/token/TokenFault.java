package io.migrator.store.token;

import java.io.IOException;
import java.security.ProviderException;
import org.jspecify.annotations.Nullable;

/** A service that hands out tokens gave none, for a reason that passes. Kept apart from faults of the store, as which clients would tell it. */
public final class TokenFault extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean answered;

    /** @param answered whether the service was there, and too busy or broken */
    TokenFault(String told, boolean answered, @Nullable Throwable cause) {
        super(told, cause);
        this.answered = answered;
    }

    /** Whether the fault of a request says that the service was there, so that asking another way tells nothing. */
    public static boolean ofBusyService(ProviderException fault) {
        return fault.getCause() instanceof TokenFault told && told.answered;
    }
}
