package io.migrator.lab;

import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders below one folder, each in the place of a bucket. */
public record LocalFolders(Path parent) implements StoreLab {
    @Override
    public String kind() {
        return "local";
    }

    @Override
    public StorageConfig storage(StorageConfig.Side side, String bucket, String rootPath) {
        return new StorageConfig(
                side,
                StorageType.LOCAL,
                "localhost",
                9000,
                "",
                Secret.NONE,
                Secret.NONE,
                Secret.NONE,
                Secret.NONE,
                false,
                false,
                "",
                parent.resolve(bucket).toString(),
                "",
                500);
    }

    @Override
    public void createBucket(String bucket) {
        try {
            Files.createDirectories(parent.resolve(bucket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {}
}
