package io.migrator.batch;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.util.Locale;

/** What the parameter {@code resume} asks for where unfinished work is not as it was left. */
public enum Resume {
    /** Refuse, with exit code 21, and say what changed. */
    AUTO,
    /** Go on with what is there now, where that is sound. */
    FORCE,
    /** Forget the unfinished work and begin anew. */
    RESTART;

    /** Name of the parameter. */
    public static final String PARAMETER = "resume";

    public static Resume of(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }

    public static Resume of(JobContext context) {
        return of(context.parameter(PARAMETER));
    }

    /**
     * What to do about a restore that is not as it was left, whatever changed.
     *
     * @param advice what helps in this case, one or more sentences
     */
    public static String adviceForRestore(String advice) {
        return advice
                + " resume=restart forgets what this restore did and begins anew, once its collections are dropped;"
                + " resume=force is not done for a restore: rows could come in twice.";
    }

    /**
     * The error for work that cannot be gone on with as it was left.
     *
     * @param cause what changed, without a final full stop
     * @param forced what {@code resume=force} does, as in "takes the new one"
     * @param restarted what {@code resume=restart} does
     */
    public static MigratorException refused(String thing, String cause, String forced, String restarted) {
        return MigratorException.unable(
                Failure.RESUME_REFUSED,
                "go on with",
                thing,
                cause,
                "resume=force %s; resume=restart %s.".formatted(forced, restarted));
    }
}
