package io.migrator.launch;

import io.migrator.config.MigratorConfig;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import java.util.Locale;

/** Where the bytes of a run come from and go to, as a text that is equal for equal places; nothing in it is secret. */
final class Places {
    private Places() {}

    static String of(MigratorConfig config) {
        return "from %s to %s".formatted(place(config.milvusStorage()), place(config.vault()));
    }

    private static String place(StorageConfig storage) {
        String type = storage.type().name().toLowerCase(Locale.ROOT);
        return storage.type() == StorageType.LOCAL
                ? type + " " + storage.bucketName()
                : "%s %s:%d/%s/%s"
                        .formatted(
                                type,
                                storage.address().toLowerCase(Locale.ROOT),
                                storage.port(),
                                storage.bucketName(),
                                storage.rootPath());
    }
}
