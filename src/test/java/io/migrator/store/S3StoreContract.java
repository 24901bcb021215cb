package io.migrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.lab.FreePorts;
import io.migrator.lab.S3Lab;
import io.migrator.store.connect.Stores;
import org.junit.jupiter.api.Test;

/** What servers that speak S3 do beyond the contract of every store. */
abstract class S3StoreContract extends ObjectStoreContract {
    @Override
    abstract S3Lab server();

    private S3Lab s3() {
        return (S3Lab) lab();
    }

    /** A part of a copy has 64 MiB. */
    @Override
    final int large() {
        return (64 << 20) + 12345;
    }

    @Override
    final void requireLargeCopy(StoredObject copied) {
        assertThat(copied.etag()).endsWith("-2");
        assertThat(store().find("copy")).contains(copied);
    }

    @Test
    void namesTheKeyOfAMissingBucket() {
        try (ObjectStore missing = Stores.open(lab().storage(Side.MILVUS, "no-such-bucket", ""))) {
            assertThatThrownBy(missing::requireReachable)
                    .hasMessageContaining(
                            "bucket 'no-such-bucket' does not exist on " + s3().host() + ":" + s3().port())
                    .hasMessageContaining("Set minio.bucketName");
        }
    }

    @Test
    void namesTheKeyOfWrongCredentials() {
        StorageConfig config = store().config();
        try (ObjectStore wrong = Stores.open(Configs.withKeys(config, "nobody", s3().secretKey()))) {
            assertThatThrownBy(wrong::requireReachable)
                    .satisfies(Faults.are(Failure.DENIED))
                    .hasMessageContaining("minio.backupAccessKeyID");
        }
        try (ObjectStore wrong = Stores.open(Configs.withKeys(config, s3().accessKey(), "guessed-wrong"))) {
            assertThatThrownBy(wrong::requireReachable)
                    .satisfies(Faults.are(Failure.DENIED))
                    .hasMessageContaining("minio.backupSecretAccessKey")
                    .hasMessageNotContaining("guessed-wrong");
        }
    }

    @Test
    void namesTheKeyOfAnAddressWhereNothingAnswers() {
        try (ObjectStore nowhere = Stores.open(Configs.withPort(store().config(), FreePorts.one()))) {
            assertThatThrownBy(nowhere::requireReachable)
                    .satisfies(Faults.are(Failure.UNREACHABLE))
                    .hasMessageContaining("minio.backupAddress");
        }
        try (ObjectStore nowhere = Stores.open(Configs.withAddress(store().config(), "no-such-host.invalid"))) {
            assertThatThrownBy(nowhere::requireReachable)
                    .satisfies(Faults.are(Failure.UNREACHABLE))
                    .hasMessageContaining("no-such-host.invalid");
        }
        try (ObjectStore byName = Stores.open(Configs.withAddress(store().config(), "localhost"))) {
            byName.requireReachable();
        }
    }
}
