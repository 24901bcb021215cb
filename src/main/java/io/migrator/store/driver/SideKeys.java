package io.migrator.store.driver;

import io.migrator.config.StorageConfig;

/** The configuration keys of one side, for advice in messages. */
public record SideKeys(StorageConfig.Side side) {
    /** @param name as on Milvus' own side, such as {@code useSSL} */
    public String key(String name) {
        return switch (side) {
            case MILVUS -> "minio." + name;
            case VAULT -> "minio.backup" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
        };
    }
}
