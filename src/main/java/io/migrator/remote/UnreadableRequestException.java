package io.migrator.remote;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import org.springframework.core.NestedExceptionUtils;

/** What lay among the requests is none. */
final class UnreadableRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableRequestException(RuntimeException cause) {
        super(cause);
    }

    MigratorException fault(String worker) {
        return MigratorException.unable(
                Failure.UNCLASSIFIED,
                "read",
                "request of a run",
                "%s (told by the worker %s)".formatted(NestedExceptionUtils.getMostSpecificCause(this), worker),
                "Run the same command again, with workers of the same build.",
                this);
    }
}
