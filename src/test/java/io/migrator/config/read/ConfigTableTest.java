package io.migrator.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.ConfigKey;
import io.migrator.config.OutsideKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/milvus-backup.md names every key and variable; that its lines are true is tested by MilvusBackupTableIT. */
class ConfigTableTest {
    /** Keys that milvus-backup does not have. */
    private static final List<String> OWN = List.of(
            "milvus.token",
            "milvus.restEndpoint",
            "minio.caCertPath",
            "minio.backupCaCertPath",
            "minio.backupSse",
            "minio.backupSseKmsKeyId",
            "minio.backupSseBucketKey",
            "backup.storage.sse",
            "backup.storage.sseKmsKeyId",
            "backup.storage.sseBucketKey",
            "milvus.storage.caCertPath",
            "backup.storage.caCertPath",
            "seal.key",
            "seal.keyFile",
            "repository.url",
            "repository.user",
            "repository.password",
            "repository.schema",
            "log.format",
            "state.keepDays");

    @Test
    void namesEveryKeyAndVariable() throws IOException {
        String table = Files.readString(Path.of("docs", "milvus-backup.md"));

        for (ConfigVersion version : ConfigVersion.values()) {
            for (ConfigKey key : version.keys().all()) {
                if (!OWN.contains(key.name()) && !OutsideKeys.ALL.contains(key)) {
                    assertThat(key.names()).allSatisfy(name -> assertThat(table)
                            .contains("| %s `%s`".formatted(version.text(), name)));
                    assertThat(table).contains(key.env() == null || !key.used() ? "" : "`" + key.env() + "`");
                }
            }
        }
    }
}
