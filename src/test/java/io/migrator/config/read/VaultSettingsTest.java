package io.migrator.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.MigratorConfig;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the vault takes over from Milvus' side of the configuration, and kinds of storage. */
class VaultSettingsTest extends ConfigCase {
    @Test
    void vaultTakesOverWhatItIsNotGiven() {
        StorageConfig vault =
                read("""
                        minio:
                          storageType: aws
                          address: s3.example.org
                          port: 443
                          region: eu-1
                          accessKeyID: me
                          secretAccessKey: sesame
                          token: short-lived
                          useSSL: true
                          bucketName: milvus
                          rootPath: /some/where/
                        """)
                        .vault();

        assertThat(vault)
                .isEqualTo(new StorageConfig(
                        StorageConfig.Side.VAULT,
                        StorageType.AWS,
                        "s3.example.org",
                        443,
                        "eu-1",
                        new Secret("me"),
                        new Secret("sesame"),
                        new Secret("short-lived"),
                        Secret.NONE,
                        true,
                        false,
                        "",
                        "milvus",
                        "some/where",
                        500));
    }

    @Test
    void rootPathOfTheVaultIsTakenFromMilvusOrElseBackup() {
        assertThat(read("minio:\n  rootPath: mine\n").vault().rootPath()).isEqualTo("mine");
        assertThat(read("minio:\n  rootPath: ''\n").vault().rootPath()).isEqualTo("backup");
    }

    @Test
    void vaultKeepsWhatItIsGiven() {
        MigratorConfig config = read(
                """
                minio:
                  storageType: minio
                  backupStorageType: s3
                  address: a
                  backupAddress: b
                  accessKeyID: me
                  backupAccessKeyID: you
                  token: mine
                  useSSL: true
                  backupUseSSL: false
                  backupBucketName: vault
                  backupRootPath: /deep/er/
                """);

        StorageConfig vault = config.vault();
        assertThat(vault.type()).isEqualTo(StorageType.S3);
        assertThat(vault.display()).isEqualTo("b:9000/vault");
        assertThat(vault.accessKeyId().reveal()).isEqualTo("you");
        assertThat(vault.token().isEmpty())
                .as("a token belongs to its access key")
                .isTrue();
        assertThat(vault.useSsl()).isFalse();
        assertThat(vault.rootPath()).isEqualTo("deep/er");
        assertThat(config.milvusStorage().rootPath()).isEqualTo("files");
    }

    @ParameterizedTest
    @CsvSource({
        "aliyun,ALI",
        "alibaba,ALI",
        "alicloud,ALI",
        "ali,ALI",
        "tencent,TC",
        "tc,TC",
        "MinIO,MINIO",
        "gcpnative,GCPNATIVE"
    })
    void readsEverySpellingOfAStorageType(String spelling, StorageType type) {
        assertThat(read("minio:\n  storageType: " + spelling).milvusStorage().type())
                .isEqualTo(type);
    }

    @Test
    void readsOldNamesOfTheStorageType() {
        assertThat(read("minio:\n  cloudProvider: aws").vault().type()).isEqualTo(StorageType.AWS);
        assertThat(read("storage:\n  storageType: aws\nminio:\n  storageType: s3\n")
                        .milvusStorage()
                        .type())
                .isEqualTo(StorageType.AWS);
        assertThat(read("storage:\n  backupStorageType: aws\n").vault().type()).isEqualTo(StorageType.AWS);
    }
}
