package io.migrator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.cli.CliRun;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.S3Lab;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real bucket's rules, and what is said of objects that backups share there. */
final class PoolSafetyIT {
    private static final String RULE =
            "<LifecycleConfiguration><Rule><ID>%s</ID><Status>Enabled</Status><Filter><Prefix>backup/</Prefix></Filter>"
                    + "%s</Rule></LifecycleConfiguration>";

    @TempDir
    private static Path dir;

    @Test
    void whatAgesIsRefusedAndWhatTakesOldVersionsIsTold() {
        try (S3Lab lab = S3Lab.lease(dir)) {
            lab.createVersionedBucket("shared");
            try (ObjectStore store = Stores.open(lab.storage(Side.VAULT, "shared", "backup"))) {
                assertThat(PoolSafety.require(store, false))
                        .singleElement()
                        .asString()
                        .contains("old versions");
                lab.configureBucket(
                        "shared",
                        "lifecycle",
                        RULE.formatted(
                                "old",
                                "<NoncurrentVersionExpiration><NoncurrentDays>3</NoncurrentDays></NoncurrentVersionExpiration>"));
                assertThat(PoolSafety.require(store, false))
                        .singleElement()
                        .asString()
                        .contains("old versions");

                lab.configureBucket(
                        "shared", "lifecycle", RULE.formatted("age", "<Expiration><Days>30</Days></Expiration>"));
                assertThatThrownBy(() -> PoolSafety.require(store, false))
                        .isInstanceOfSatisfying(MigratorException.class, e -> assertThat(e.failure())
                                .isEqualTo(Failure.UNSUPPORTED));
                assertThat(check(lab)).contains("WARN  settings of vault").doesNotContain("share what is older");
                store.write("backup/migrator-pool/pool.json", new byte[] {'{', '}'});
                assertThat(check(lab))
                        .contains("FAIL  settings of vault")
                        .contains("lifecycle rule 'age' for backup/ deletes objects after 30 days");
            }
        }
    }

    private static String check(S3Lab lab) {
        List<String> all = new ArrayList<>(List.of("check"));
        for (String set : List.of(
                "minio.address=127.0.0.1",
                "minio.port=" + lab.port(),
                "minio.bucketName=shared",
                "minio.backupRootPath=backup",
                "minio.backupBucketName=shared",
                "milvus.address=127.0.0.1",
                "milvus.port=9")) {
            all.add("--set=" + set);
        }
        CliRun run = new CliRun();
        run.run(dir, Map.of(), (request, progress) -> null, all.toArray(String[]::new));
        return run.text();
    }
}
