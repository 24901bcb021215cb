package io.migrator.restore.state;

import io.migrator.batch.RunFacts;
import io.migrator.batch.Transactions;
import io.migrator.catalog.Catalog;
import io.migrator.config.MigratorConfig;
import io.migrator.format.layout.VaultLayout;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.connect.Milvus;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tells whether the job database of a restore is about this Milvus and this backup, whatever their addresses were called
 * then. Ids of collections tell one Milvus from another, the backup's content tells one backup from another.
 */
public final class EarlierRestore implements AutoCloseable {
    private final MilvusTarget target;
    private final ObjectStore vault;
    private final VaultLayout layout;

    /** Asks neither of the two yet. */
    public EarlierRestore(MigratorConfig config, String backup) {
        this.target = Milvus.target(config.milvus());
        ObjectStore opened = null;
        boolean ready = false;
        try {
            opened = Stores.open(config.vault());
            this.layout = new Catalog(opened, config.vault().rootPath()).layout(backup);
            this.vault = opened;
            ready = true;
        } finally {
            if (!ready) {
                target.close();
                if (opened != null) {
                    opened.close();
                }
            }
        }
    }

    /** Whether a restore has made collections, or taken them over; a database without tables tells of none. */
    public static boolean hasCollections(JdbcTemplate jdbc) {
        Integer tables = jdbc.queryForObject(
                "select count(*) from information_schema.tables where lower(table_name) = 'restore_collection'"
                        + " and table_schema = current_schema",
                Integer.class);
        if (tables == null || tables == 0) {
            return false;
        }
        Integer count = jdbc.queryForObject("select count(*) from restore_collection", Integer.class);
        return count != null && count > 0;
    }

    /** Ids in Milvus of the collections that a restore made and was done with; not of those that were there before. */
    public static Set<Long> made(JdbcTemplate jdbc) {
        RestoreTables tables = new RestoreTables(new Transactions(jdbc));
        Set<Long> made = new HashSet<>();
        tables.settled().forEach((source, created) -> {
            if (!tables.tookOver(source)) {
                made.add(created.targetId());
            }
        });
        return made;
    }

    /**
     * Whether a collection it made or filled is in this Milvus. The same command is known by its own state: a backup that has
     * another content by now is one that was made anew, in whichever vault. Of others, by older versions, the content tells.
     */
    public boolean isIn(JdbcTemplate jdbc, boolean sameCommand) {
        Transactions transactions = new Transactions(jdbc);
        Optional<String> before = new RunFacts(transactions).find(SameBackup.FINGERPRINT);
        // The fingerprints of versions before were made otherwise.
        boolean another = before.filter(BackupFingerprint::comparable)
                .filter(then -> !then.equals(BackupFingerprint.of(vault, layout)))
                .isPresent();
        return (sameCommand || !another) && isThere(known(transactions));
    }

    /** Whether a run of the same command that goes on now brings rows into this Milvus; one that has made nothing yet may. */
    public boolean mayBeIn(JdbcTemplate jdbc) {
        Map<Long, RestoreTables.Created> known = known(new Transactions(jdbc));
        return known.isEmpty() || isThere(known);
    }

    private static Map<Long, RestoreTables.Created> known(Transactions transactions) {
        Map<Long, RestoreTables.Created> known = new TreeMap<>(new RestoreTables(transactions).bySource());
        known.values().removeIf(made -> made.targetId() == 0);
        return known;
    }

    private boolean isThere(Map<Long, RestoreTables.Created> known) {
        return new Whereabouts(target).of(known).containsValue(Whereabouts.Place.THERE);
    }

    @Override
    public void close() {
        target.close();
        vault.close();
    }
}
