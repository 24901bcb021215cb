package io.migrator.restore;

import io.migrator.batch.RunFacts;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.MetaFile;
import io.migrator.format.VaultLayout;
import io.migrator.milvus.MilvusTarget;
import io.migrator.store.ObjectStore;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Ties a restore to the very backup it began with: a name may be deleted and made again between a kill and a rerun. */
final class SameBackup {
    private static final String FINGERPRINT = "backup_fingerprint";
    private static final int MOST_SHOWN = 5;

    private final VaultLayout layout;
    private final ObjectStore vault;
    private final MilvusTarget target;
    private final RestoreTables tables;
    private final RunFacts facts;

    SameBackup(VaultLayout layout, ObjectStore vault, MilvusTarget target, RestoreTables tables, RunFacts facts) {
        this.layout = layout;
        this.vault = vault;
        this.target = target;
        this.tables = tables;
        this.facts = facts;
    }

    /** Whether the vault still has the backup that this restore began with. */
    boolean unchanged() {
        return facts.find(FINGERPRINT).filter(fingerprint()::equals).isPresent();
    }

    /**
     * Takes note of the backup, as the last thing: a death before leaves what the next run forgets once more.
     *
     * @param now fingerprint of the backup that was read
     * @param forget called where it is another one than before and nothing of the earlier restore is left in Milvus:
     *     drops all that was remembered
     */
    void begin(String name, String now, Runnable forget) {
        String before = facts.find(FINGERPRINT).orElse(now);
        if (!before.equals(now)) {
            requireNothingLeft(name);
            forget.run();
        }
        facts.put(FINGERPRINT, now);
    }

    private void requireNothingLeft(String name) {
        Map<Long, RestoreTables.Created> left = new TreeMap<>(tables.bySource());
        left.values().removeIf(created -> target.find(
                        created.target().database(), created.target().collection())
                .isEmpty());
        if (!left.isEmpty()) {
            throw MigratorException.unable(
                    Failure.RESUME_REFUSED,
                    "go on with restoring",
                    name,
                    "the backup was replaced by another of that name since",
                    left.entrySet().stream()
                            .limit(MOST_SHOWN)
                            .map(each -> tables.startOver(
                                    each.getKey(), each.getValue().target()))
                            .collect(Collectors.joining(" ")));
        }
    }

    /** Changes where the backup is replaced; taken before the backup is read, it never vouches for a later one. */
    String fingerprint() {
        return vault.find(layout.meta(MetaFile.BACKUP))
                .map(meta -> meta.etag() + " " + meta.size())
                .orElse("");
    }
}
