package io.migrator.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.BackupConfig;
import io.migrator.config.Encryption;
import io.migrator.config.LogConfig;
import io.migrator.config.MigratorConfig;
import io.migrator.config.MilvusConfig;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.config.StorageType;
import io.migrator.launch.request.JobKind;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which workers may write for a run: those that would write the same. */
class PlacesTest {
    private static final Encryption KMS = new Encryption("aws:kms", "key-1", true);

    private static String to(String region, Encryption encryption) {
        return Places.of(JobKind.BACKUP, config(region, encryption), "role");
    }

    private static MigratorConfig config(String region, Encryption encryption) {
        return new MigratorConfig(
                MilvusConfig.plain("milvus.example", 19530, "", Secret.NONE),
                storage(Side.MILVUS, "", Encryption.NONE),
                storage(Side.VAULT, region, encryption),
                new BackupConfig(8, 2, 4, 2, 16, false, false, "", 256, ""),
                new LogConfig("error", false, "", 1, 1, 1));
    }

    private static StorageConfig storage(Side side, String region, Encryption encryption) {
        return new StorageConfig(
                side,
                StorageType.S3,
                "Store.example",
                443,
                region,
                new Secret("id"),
                new Secret("hidden"),
                Secret.NONE,
                Secret.NONE,
                true,
                false,
                "",
                "bucket",
                "root",
                500,
                "",
                encryption);
    }

    @Test
    void areOthersWhereWhatIsWrittenWouldBe() {
        List<String> all = List.of(
                to("", Encryption.NONE),
                to("eu-west-1", Encryption.NONE),
                to("", new Encryption("AES256", "", false)),
                to("", KMS),
                to("", new Encryption("aws:kms", "key-2", true)),
                to("", new Encryption("aws:kms", "key-1", false)));

        assertThat(new HashSet<>(all)).hasSameSizeAs(all);
        assertThat(to("eu-west-1", KMS)).isEqualTo(to("eu-west-1", KMS)).doesNotContain("hidden");
    }

    /** Which bucket is written, and whether both are asked, is another thing for each job. */
    @Test
    void areOthersForEachJob() {
        MigratorConfig config = config("eu-west-1", KMS);
        List<String> all = Places.all(config, "role");

        assertThat(new HashSet<>(all)).hasSize(3);
        assertThat(all)
                .contains(
                        Places.of(JobKind.BACKUP, config, "role"),
                        Places.of(JobKind.RESTORE, config, "role"),
                        Places.of(JobKind.VERIFY, config, "role"));
    }

    /** Who only reads in a vault is asked for nothing else. */
    @Test
    void areTheVaultAloneForAProof() {
        String verify = Places.of(JobKind.VERIFY, config("", Encryption.NONE), "role");

        assertThat(verify).isEqualTo("in s3 store.example:443/bucket/root by the role role");
        assertThat(Places.of(JobKind.VERIFY, config("", KMS), "role")).isEqualTo(verify);
        assertThat(Places.of(JobKind.VERIFY, config("", KMS), "another")).isNotEqualTo(verify);
    }
}
