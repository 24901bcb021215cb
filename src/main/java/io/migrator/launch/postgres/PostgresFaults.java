package io.migrator.launch.postgres;

import io.migrator.config.RepositoryConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.failure.Printable;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What an error of PostgreSQL means for a run, by the code that the SQL standard and PostgreSQL give it. */
final class PostgresFaults {
    static final String NO_RIGHT = "42501";

    private static final String AGAIN = "Check that server, then run the same command again.";

    private final RepositoryConfig config;

    PostgresFaults(RepositoryConfig config) {
        this.config = config;
    }

    MigratorException of(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        String user = config.user().isEmpty() ? "the user of this process" : "'" + config.user() + "'";
        return switch (state) {
            // Another user's password is asked for in some set-ups, and a certificate in others.
            case "28P01", "28000", "08004" ->
                unable(
                        Failure.DENIED,
                        "it refuses " + user + " (" + told(e) + ")",
                        "Check " + RepositoryConfig.USER + " and " + RepositoryConfig.PASSWORD
                                + ", and who may connect from here (pg_hba.conf).",
                        e);
            case NO_RIGHT ->
                unable(
                        Failure.DENIED,
                        user + " lacks a right (" + told(e) + ")",
                        "Have an administrator run: " + grants(),
                        e);
            case "3D000" ->
                unable(
                        Failure.NOT_FOUND,
                        "there is no such database (" + told(e) + ")",
                        "Make it, or correct " + RepositoryConfig.URL + ".",
                        e);
            case "22023" ->
                unable(
                        Failure.USAGE,
                        "a parameter of " + RepositoryConfig.URL + " cannot be used (" + told(e) + ")",
                        "Correct it.",
                        e);
            case "25006" -> standby("it can only be read, as a standby can (" + told(e) + ")", e);
            default -> unable(Failure.REPOSITORY, told(e), AGAIN, e);
        };
    }

    /** One that takes no writes. */
    MigratorException standby(String cause, @Nullable Exception e) {
        return unable(
                Failure.REPOSITORY,
                cause,
                "Name the server that takes writes; take targetServerType out of " + RepositoryConfig.URL
                        + ", or make it primary.",
                e);
    }

    /** Those that a first run lacks. */
    MigratorException mayNotCreate(String database) {
        return unable(
                Failure.DENIED,
                "'%s' may make no schema in '%s'".formatted(config.user(), database),
                "Have an administrator run: " + grants(),
                null);
    }

    MigratorException unable(Failure failure, String cause, String advice, @Nullable Exception e) {
        return MigratorException.unable(failure, "use", config.display(), cause, advice, e);
    }

    private String grants() {
        String database = config.display().replaceFirst(".*/", "");
        return "grant create on database \"%s\" to \"%s\"; and, where another role made them, give it the schemas %s and %s_... with their tables."
                .formatted(database, config.user(), config.schema(), config.schema());
    }

    static String told(SQLException e) {
        Throwable cause = e.getCause();
        return Printable.text(String.valueOf(e.getMessage()))
                + (cause == null ? "" : ": " + Printable.text(String.valueOf(cause.getMessage())));
    }
}
