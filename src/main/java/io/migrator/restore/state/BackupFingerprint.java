package io.migrator.restore.state;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import io.migrator.store.ObjectContent;
import io.migrator.store.ObjectStore;
import io.migrator.store.driver.Retry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What tells a backup from another of its name: digests of what describes it. Tags of the store would not do, for a vault
 * that is carried elsewhere has others; {@code backup_meta.json} alone neither, for it stays the same when a backup gets
 * the empty collections that it lacked.
 */
final class BackupFingerprint {
    private static final String FORM = "content ";
    private static final int SLICE = 8 << 10;

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

    /** What a wire damages would make this backup another for good: the bytes must be what the store says that they are. */
    private static String digest(ObjectStore vault, String key) {
        return Retry.onceMoreWhereDamaged(() -> digestOnce(vault, key));
    }

    private static String digestOnce(ObjectStore vault, String key) {
        String thing = vault.config().display() + "/" + key;
        try (ObjectContent content = vault.open(key)) {
            Optional<Checksum> told =
                    Optional.ofNullable(content.object().checksum()).filter(Checksum::checkable);
            Set<String> algorithms = new TreeSet<>(Set.of(Checksum.SHA256));
            told.ifPresent(one -> algorithms.add(one.algorithm()));
            ContentDigest digest = new ContentDigest(algorithms);
            byte[] slice = new byte[SLICE];
            for (int count = content.read(slice); count >= 0; count = content.read(slice)) {
                digest.update(slice, 0, count);
            }
            Map<String, Checksum> found = digest.checksums();
            if (told.isPresent() && told.get().contradicts(found.get(told.get().algorithm()))) {
                throw MigratorException.unable(
                        Failure.CORRUPT,
                        "read",
                        thing,
                        "its bytes have %s where the store says %s"
                                .formatted(found.get(told.get().algorithm()), told.get()),
                        "Run the same command again; if it happens again, something on the way changes bytes.");
            }
            return Objects.requireNonNull(found.get(Checksum.SHA256)).hex();
        } catch (IOException e) {
            throw MigratorException.unable(
                    Failure.UNREACHABLE,
                    "read",
                    thing,
                    String.valueOf(e.getMessage()),
                    "Run the same command again.",
                    e);
        }
    }
}
