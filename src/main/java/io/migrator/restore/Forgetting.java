package io.migrator.restore;

import io.migrator.batch.Resume;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** When {@code resume=restart} may forget a restore: never where rows of it lie among others that stay. */
public final class Forgetting {
    private Forgetting() {}

    /**
     * RESUME_REFUSED where a restore into collections that were there has sent an import, or may have. A restore that makes
     * its collections is safe: it will not begin anew while they are there.
     *
     * @param old the job database of the unfinished restore, maybe of another version of this program
     * @param create the parameter of that name
     */
    public static void require(JdbcTemplate old, String name, String create) {
        if (wasComplete(old)) {
            throw MigratorException.unable(
                    Failure.RESUME_REFUSED,
                    "begin anew",
                    name,
                    "an earlier version of migrator completed this restore, and " + Resume.PARAMETER
                            + "=restart forgets unfinished work only",
                    "Its collections are there, or were given to others: restore under other names, or, where nothing is left"
                            + " of it in Milvus, move its job database away.");
        }
        if (create.equals("no") && mayHaveImported(old)) {
            throw MigratorException.unable(
                    Failure.RESUME_REFUSED,
                    "begin anew",
                    name,
                    Resume.PARAMETER
                            + "=restart would bring rows twice into collections that were there before (create=no)",
                    "Delete what it brought so far from them, or drop them, then move its job database away; or go on with it"
                            + " without " + Resume.PARAMETER + "=.");
        }
    }

    /** Only another version's: this one's completed work is never put aside. */
    private static boolean wasComplete(JdbcTemplate old) {
        try {
            Integer ends = old.queryForObject(
                    "select count(*) from BATCH_JOB_EXECUTION where STATUS = 'COMPLETED'", Integer.class);
            return ends != null && ends > 0;
        } catch (DataAccessException e) {
            return false;
        }
    }

    private static boolean mayHaveImported(JdbcTemplate old) {
        try {
            Integer sent =
                    old.queryForObject("select count(*) from import_job where state <> 'PLANNED'", Integer.class);
            return sent == null || sent > 0;
        } catch (DataAccessException e) {
            // Another version's tables: what they would say is not known.
            return true;
        }
    }
}
