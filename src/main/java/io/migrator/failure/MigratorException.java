package io.migrator.failure;

import org.jspecify.annotations.Nullable;

/**
 * The one exception for everything a user can be told about. Its message follows one grammar: {@code unable to <verb>
 * '<thing>': <cause>. <what to do>}. A message never holds a secret. Bugs stay {@link IllegalStateException} and the like.
 */
public final class MigratorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;
    private final String reason;

    public MigratorException(Failure failure, String message) {
        this(failure, message, null);
    }

    public MigratorException(Failure failure, String message, @Nullable Throwable cause) {
        this(failure, message, message, cause);
    }

    private MigratorException(Failure failure, String message, String reason, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
        this.reason = reason;
    }

    /**
     * @param verb infinitive, such as {@code read}
     * @param thing what was worked on, as the user knows it
     * @param cause why it failed, without a final full stop
     * @param advice what to do, a whole sentence
     */
    public static MigratorException unable(Failure failure, String verb, String thing, String cause, String advice) {
        return unable(failure, verb, thing, cause, advice, null);
    }

    public static MigratorException unable(
            Failure failure, String verb, String thing, String cause, String advice, @Nullable Throwable origin) {
        String message = "unable to %s '%s': %s. %s".formatted(verb, thing, cause, advice);
        return new MigratorException(failure, message, cause, origin);
    }

    /** Why it failed, without what was worked on and what to do; the whole message where that is not told apart. */
    public String reason() {
        return reason;
    }

    public Failure failure() {
        return failure;
    }
}
