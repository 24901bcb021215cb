package io.migrator.restore.state;

import io.migrator.batch.Resume;
import io.migrator.batch.Transactions;
import io.migrator.config.MilvusConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.FirstNames;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.connect.Milvus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * When {@code resume=restart} may forget a restore: never where rows of it lie among others that stay, nor while a collection
 * is there that it was done with.
 */
public final class Forgetting {
    private static final int MOST_SHOWN = 5;

    private Forgetting() {}

    /**
     * RESUME_REFUSED where a restore into collections that were there has sent an import, or may have, and where users may
     * work already with a collection that it proved. Those that it only began to make may be dropped and made anew.
     *
     * @param old the job database of the unfinished restore, maybe of another version of this program
     * @param create the parameter of that name
     * @param milvus where it restored into
     */
    public static void require(JdbcTemplate old, String name, String create, MilvusConfig milvus) {
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
        requireNoneSettled(old, name, milvus);
    }

    private static void requireNoneSettled(JdbcTemplate old, String name, MilvusConfig milvus) {
        Map<Long, RestoreTables.Created> settled = settled(old);
        if (settled.isEmpty()) {
            return;
        }
        List<String> there = new ArrayList<>();
        try (MilvusTarget target = Milvus.target(milvus)) {
            new Whereabouts(target).of(settled).forEach((source, place) -> {
                if (place == Whereabouts.Place.THERE) {
                    there.add(
                            Objects.requireNonNull(settled.get(source)).target().toString());
                }
            });
        }
        if (!there.isEmpty()) {
            throw MigratorException.unable(
                    Failure.RESUME_REFUSED,
                    "begin anew",
                    name,
                    Resume.PARAMETER
                            + "=restart would forget collections that this restore was done with, which users may work"
                            + " with by now: "
                            + FirstNames.of(there.stream().sorted().toList(), MOST_SHOWN, ", "),
                    "Run the command without " + Resume.PARAMETER
                            + "= to restore the rest and leave those alone; to have them anew, drop them first.");
        }
    }

    /** Versions before have these tables, too; where they have not, no run of them has proven anything. */
    private static Map<Long, RestoreTables.Created> settled(JdbcTemplate old) {
        try {
            RestoreTables tables = new RestoreTables(new Transactions(old));
            Map<Long, RestoreTables.Created> settled = tables.settled();
            // What was there before is nobody's to drop, and rows that came into it are looked for by themselves.
            settled.keySet().removeIf(tables::tookOver);
            return settled;
        } catch (DataAccessException e) {
            return Map.of();
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
