package io.migrator.check;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.failure.Failure;
import io.migrator.format.layout.VaultLayout;
import java.nio.file.Path;

/** Whether the vault and Milvus' files keep out of each other's way; {@code check} tells it, a backup heeds it. */
public final class PlacesLook {
    private static final String SUBJECT = "places";

    private PlacesLook() {}

    /** FAIL where both are the same place, WARN where one lies inside the other. */
    public static CheckFinding of(StorageConfig milvus, StorageConfig vault) {
        if (milvus.type() == StorageType.LOCAL && vault.type() == StorageType.LOCAL && !milvus.sameBucket(vault)) {
            return ofFolders(folder(milvus), folder(vault));
        }
        if (!milvus.sameBucket(vault)) {
            return CheckFinding.ok(SUBJECT, "the vault is in a bucket of its own");
        }
        String milvusDir = VaultLayout.rootDir(milvus.rootPath());
        String vaultDir = VaultLayout.rootDir(vault.rootPath());
        if (milvusDir.equals(vaultDir)) {
            return CheckFinding.fail(
                    SUBJECT,
                    Failure.USAGE,
                    "the vault and Milvus' files have the same bucket and root path. Set minio.backupRootPath to another");
        }
        // A Milvus without a root path has folders of its own names in the bucket, among which a vault is one more.
        if (vaultDir.startsWith(milvusDir) && !milvusDir.isEmpty()) {
            return CheckFinding.warn(
                    SUBJECT,
                    "the vault lies inside Milvus' root path: whoever cleans up after Milvus deletes the backups. Set"
                            + " minio.backupRootPath to a place outside of '%s'".formatted(milvusDir));
        }
        if (milvusDir.startsWith(vaultDir)) {
            return CheckFinding.warn(
                    SUBJECT,
                    "Milvus' root path lies inside the vault: whoever cleans up the vault deletes Milvus' files. Set"
                            + " minio.backupRootPath to a place that does not hold '%s'".formatted(milvusDir));
        }
        return CheckFinding.ok(SUBJECT, "the vault has a root path of its own in Milvus' bucket");
    }

    private static CheckFinding ofFolders(Path milvus, Path vault) {
        if (vault.startsWith(milvus)) {
            return CheckFinding.warn(
                    SUBJECT,
                    "the vault lies inside Milvus' folder: whoever cleans up after Milvus deletes the backups. Set"
                            + " minio.backupRootPath to a folder outside of '%s'".formatted(milvus));
        }
        if (milvus.startsWith(vault)) {
            return CheckFinding.warn(
                    SUBJECT,
                    "Milvus' folder lies inside the vault: whoever cleans up the vault deletes Milvus' files. Set"
                            + " minio.backupRootPath to a folder that does not hold '%s'".formatted(milvus));
        }
        return CheckFinding.ok(SUBJECT, "the vault is in a folder of its own");
    }

    private static Path folder(StorageConfig storage) {
        return Path.of(storage.bucketName()).normalize();
    }
}
