package io.migrator.store;

import io.migrator.lab.S3Lab;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class MinioStoreIT extends S3StoreContract {
    @TempDir
    private static Path dir;

    @Override
    S3Lab server() {
        return S3Lab.lease(dir);
    }
}
