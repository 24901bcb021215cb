package io.migrator.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig;
import io.migrator.fake.data.StoredRows;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.lab.S3Lab;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyCollectionsIT {
    private static final int COLLECTIONS = 200;

    @TempDir
    Path workDir;

    @Test
    void eachHasRowsOfItsOwn() {
        try (S3Lab s3 = S3Lab.lease(workDir)) {
            s3.createBucket("bucket-a");
            StorageConfig bucket = s3.storage(StorageConfig.Side.MILVUS, "bucket-a", "files");
            try (FakeMilvus server = FakeMilvus.start(new FakeSettings("2.6", bucket))) {
                new ManyCollections(server).fill(TypedSchemas.small("any"), COLLECTIONS, 3);
                StoredRows rows = new StoredRows(server.model());
                assertThat(server.model().collectionCount()).isEqualTo(COLLECTIONS);
                assertThat(server.model().requireDatabase("default").collections())
                        .extracting(rows::digest)
                        .doesNotHaveDuplicates()
                        .allSatisfy(digest -> assertThat(digest.rows()).isEqualTo(3));
            }
        }
    }
}
