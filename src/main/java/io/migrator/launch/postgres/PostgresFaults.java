package io.migrator.launch.postgres;

import io.migrator.config.RepositoryConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.failure.Printable;
import io.migrator.failure.SqlStates;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.NestedRuntimeException;

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
            // Of a session before, which another client of a pooler had: the driver names them anew in each.
            case "42P05", "26000" -> pooler(e);
            case "25006" -> standby("it can only be read, as a standby can (" + told(e) + ")", e);
            default -> unable(Failure.REPOSITORY, told(e), AGAIN, e);
        };
    }

    /** The same of one that came through Spring, or through a pool. */
    MigratorException of(NestedRuntimeException e) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
        return cause instanceof SQLException fault
                ? of(fault)
                : unable(Failure.REPOSITORY, Printable.text(String.valueOf(cause.getMessage())), AGAIN, e);
    }

    /** One that gives the server's sessions away between transactions: there no lock tells whether a run is alive. */
    MigratorException pooler(@Nullable Exception e) {
        return unable(
                Failure.UNSUPPORTED,
                "a pooler stands before it that lends one session of the server to several clients in turn",
                "Name the server itself in %s, or have the pooler work in session mode."
                        .formatted(RepositoryConfig.URL),
                e);
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

    /** Whether it is one of a session that broke: the server was stopped, or the network; a pool gives none for its own. */
    static boolean passes(Throwable e) {
        List<SQLException> faults = SqlStates.in(e);
        // The pool has waited for as long as a server may be away.
        if (faults.isEmpty() || faults.stream().anyMatch(SQLTransientConnectionException.class::isInstance)) {
            return false;
        }
        List<String> states = faults.stream()
                .map(SQLException::getSQLState)
                .filter(Objects::nonNull)
                .toList();
        return states.isEmpty() || states.stream().anyMatch(state -> state.startsWith("08") || state.startsWith("57P"));
    }

    static String told(SQLException e) {
        Throwable cause = e.getCause();
        return Printable.text(String.valueOf(e.getMessage()))
                + (cause == null ? "" : ": " + Printable.text(String.valueOf(cause.getMessage())));
    }
}
