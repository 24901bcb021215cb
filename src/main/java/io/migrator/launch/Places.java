package io.migrator.launch;

import io.migrator.config.Encryption;
import io.migrator.config.MigratorConfig;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.launch.request.JobKind;
import java.util.List;
import java.util.Locale;

/**
 * Where the bytes of a run come from and go to, and how they are kept there, as a text that is equal for equal places; nothing in
 * it is secret.
 */
final class Places {
    private Places() {}

    /** What a process of this configuration can help with, a text for each job that is shared. */
    static List<String> all(MigratorConfig config, String role) {
        return List.of(
                of(JobKind.BACKUP, config, role), of(JobKind.RESTORE, config, role), of(JobKind.VERIFY, config, role));
    }

    /** @param role of the PostgreSQL by which they work together: none may look at, or end, what another's sessions do */
    static String of(JobKind job, MigratorConfig config, String role) {
        StorageConfig milvus = config.milvusStorage();
        StorageConfig vault = config.vault();
        String where =
                switch (job) {
                    case RESTORE -> moving(vault, milvus);
                    // Of a source nothing is asked.
                    case VERIFY -> "in " + place(vault);
                    case BACKUP, EXPIRE, EXPORT -> moving(milvus, vault);
                };
        return where + " by the role " + role;
    }

    private static String moving(StorageConfig from, StorageConfig to) {
        return "from %s to %s%s".formatted(place(from), place(to), encryption(to.encryption()));
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
