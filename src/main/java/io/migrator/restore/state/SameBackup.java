package io.migrator.restore.state;

import io.migrator.batch.RunFacts;
import io.migrator.format.layout.VaultLayout;
import io.migrator.store.ObjectStore;

/** Ties a restore to the very backup it began with: a name may be deleted and made again, and a backup completed. */
public final class SameBackup {
    static final String FINGERPRINT = "backup_fingerprint";

    private final VaultLayout layout;
    private final ObjectStore vault;
    private final RunFacts facts;

    public SameBackup(VaultLayout layout, ObjectStore vault, RunFacts facts) {
        this.layout = layout;
        this.vault = vault;
        this.facts = facts;
    }

    /** See {@link BackupFingerprint}; to be taken before the backup is read. */
    public String fingerprint() {
        return BackupFingerprint.of(vault, layout);
    }

    /** Whether this restore began with another backup. */
    public boolean changed(String now) {
        return facts.find(FINGERPRINT).filter(before -> !before.equals(now)).isPresent();
    }

    /** Takes note of the backup, once what was remembered of another is forgotten: a death before repeats that. */
    public void begin(String now) {
        facts.put(FINGERPRINT, now);
    }
}
