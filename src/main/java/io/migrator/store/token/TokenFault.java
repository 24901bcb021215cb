package io.migrator.store.token;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A service that hands out tokens gave none, for a reason that passes. Kept apart from faults of the store, as which clients would tell it. */
public final class TokenFault extends IOException {
    private static final long serialVersionUID = 1L;

    TokenFault(String told, @Nullable Throwable cause) {
        super(told, cause);
    }
}
