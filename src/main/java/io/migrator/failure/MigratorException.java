package io.migrator.failure;

import org.jspecify.annotations.Nullable;

/**
 * The one exception for everything a user can be told about. Its message follows one grammar: {@code unable to <verb>
 * '<thing>': <cause>. <what to do>}. A message never holds a secret, nor
 * characters that steer a terminal. Bugs stay {@link IllegalStateException} and the like.
 */
public final class MigratorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Failure failure;
    private final String reason;
    private final boolean sameWork;

    public MigratorException(Failure failure, String message) {
        this(failure, message, null);
    }

    public MigratorException(Failure failure, String message, @Nullable Throwable cause) {
        this(failure, message, message, false, cause);
    }

    private MigratorException(
            Failure failure, String message, String reason, boolean sameWork, @Nullable Throwable cause) {
        super(clean(message), cause);
        this.failure = failure;
        this.reason = clean(reason);
        this.sameWork = sameWork;
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
        return unable(failure, verb, thing, cause, advice, false, origin);
    }

    /** LOCKED by a run that does, now and before this one touched anything, the same job on the same name. */
    public static MigratorException sameWork(
            String verb, String thing, String cause, String advice, @Nullable Throwable origin) {
        return unable(Failure.LOCKED, verb, thing, cause, advice, true, origin);
    }

    private static MigratorException unable(
            Failure failure,
            String verb,
            String thing,
            String cause,
            String advice,
            boolean sameWork,
            @Nullable Throwable origin) {
        // All may quote names and texts of a server or a vault, which must not begin a line of their own.
        String told = Printable.text(cause);
        String message =
                "unable to %s '%s': %s. %s".formatted(verb, Printable.text(thing), told, Printable.text(advice));
        return new MigratorException(failure, message, told, sameWork, origin);
    }

    private static String clean(String message) {
        return Printable.lines(KnownSecrets.ofThisProcess().masked(message));
    }

    /** Why it failed, without what was worked on and what to do; the whole message where that is not told apart. */
    public String reason() {
        return reason;
    }

    /** Whether another run is doing what this one was to do; false where that is not known. */
    public boolean sameWork() {
        return sameWork;
    }

    public Failure failure() {
        return failure;
    }
}
