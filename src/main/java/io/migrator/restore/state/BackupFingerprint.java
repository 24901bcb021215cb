package io.migrator.restore.state;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What tells a backup from another of its name: digests of what describes it. Tags of the store would not do, for a vault
 * that is carried elsewhere has others; {@code backup_meta.json} alone neither, for it stays the same when a backup gets
 * the empty collections that it lacked.
 */
final class BackupFingerprint {
    private static final String FORM = "content ";

    private BackupFingerprint() {}

    /** Empty where there is no such backup. To be taken before the backup is read: then it never vouches for a later one. */
    static String of(ObjectStore vault, VaultLayout layout) {
        List<String> digests = new ArrayList<>();
        for (String key : List.of(layout.meta(MetaFile.BACKUP), layout.seal())) {
            if (vault.find(key).isPresent()) {
                digests.add(digest(vault, key));
            }
        }
        return digests.isEmpty() ? "" : FORM + String.join(" ", digests);
    }

    /** Whether it is of this form, and not one of an earlier version. */
    static boolean comparable(String fingerprint) {
        return fingerprint.startsWith(FORM);
    }

    private static String digest(ObjectStore vault, String key) {
        try (InputStream content = vault.open(key)) {
            return ContentDigest.of(content, Checksum.SHA256).hex();
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.UNREACHABLE,
                    "read",
                    vault.config().display() + "/" + key,
                    String.valueOf(e.getMessage()),
                    "Run the same command again.",
                    e);
        }
    }
}
