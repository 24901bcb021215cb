package io.migrator.launch;

import io.migrator.config.Encryption;
import io.migrator.config.MigratorConfig;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import java.util.Locale;

/**
 * Where the bytes of a run come from and go to, and how they are kept there, as a text that is equal for equal places; nothing in
 * it is secret.
 */
final class Places {
    private Places() {}

    /** @param role of the PostgreSQL by which they work together: none may look at, or end, what another's sessions do */
    static String of(MigratorConfig config, String role) {
        return "from %s to %s%s by the role %s"
                .formatted(
                        place(config.milvusStorage()),
                        place(config.vault()),
                        encryption(config.vault().encryption()),
                        role);
    }

    /** Each who writes asks for it: by one who does not, a part of the backup would lie there otherwise than was asked for. */
    private static String encryption(Encryption asked) {
        return asked.wanted()
                ? " encrypted by %s, key '%s'%s"
                        .formatted(asked.algorithm(), asked.kmsKeyId(), asked.bucketKey() ? ", bucket key" : "")
                : "";
    }

    private static String place(StorageConfig storage) {
        String type = storage.type().name().toLowerCase(Locale.ROOT);
        return storage.type() == StorageType.LOCAL
                ? type + " " + storage.bucketName()
                : "%s %s:%d/%s/%s%s"
                        .formatted(
                                type,
                                storage.address().toLowerCase(Locale.ROOT),
                                storage.port(),
                                storage.bucketName(),
                                storage.rootPath(),
                                storage.region().isEmpty() ? "" : " in " + storage.region());
    }
}
