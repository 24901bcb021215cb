package io.migrator.config.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigMistakesTest {
    @TempDir
    private Path folder;

    @Test
    void showsThreeMistakesOfAFileWithTheirLines() {
        MigratorException thrown = failure(
                """
                milvus:
                  port: 99999
                  tlsMode: maybe
                minio:
                  acessKeyID: someone
                """);

        assertThat(thrown.failure()).isEqualTo(Failure.USAGE);
        assertThat(thrown.getMessage().lines())
                .containsExactly(
                        "backup.yaml:2: milvus.port: '99999' must be a port from 1 to 65535",
                        "backup.yaml:3: milvus.tlsMode: 'maybe' must be 0 (off), 1 (server certificate checked) or 2 (mutual)",
                        "backup.yaml:5: unknown key 'minio.acessKeyID', did you mean 'minio.accessKeyID'?");
    }

    @Test
    void showsMistakesOfFileEnvironmentAndSetTogether() {
        write("log:\n  level: loud\n");

        MigratorException thrown =
                catchThrowableOfType(MigratorException.class, () -> reader(Map.of("MINIO_PORT", "http"))
                        .read(null, List.of("minio.useSLS=true", "nonsense")));

        assertThat(thrown.getMessage().lines())
                .containsExactly(
                        "backup.yaml:2: log.level: 'loud' must be debug, info, warn or error",
                        "--set: unknown key 'minio.useSLS', did you mean 'minio.useSSL'?",
                        "--set: must be key=value",
                        "environment variable MINIO_PORT: 'http' must be a port from 1 to 65535");
    }

    @ParameterizedTest
    @CsvSource({
        "'minio:\n  bucketName: a\n  bucketname: b', 'backup.yaml:3: minio.bucketname: already given in line 2'",
        "'minio:\n  bucketName: [a, b]', 'backup.yaml:2: minio.bucketName: must be one value'",
        "'mino:\n  bucketName: a', 'backup.yaml:1: unknown key ''mino'', did you mean ''minio''?'",
        "'minio: here', 'backup.yaml:1: ''minio'' must hold keys, not a value'",
        "'- minio', 'backup.yaml:1: must hold ''key: value'' lines'",
        "'a: b: c', 'backup.yaml:1: not valid YAML: mapping values are not allowed here'",
        "'minio:\n  address: http://localhost:9000', "
                + "'backup.yaml:2: minio.address: ''http://localhost:9000'' must be a host name or address without scheme and port'",
        "'minio:\n  useSSL: maybe', 'backup.yaml:2: minio.useSSL: ''maybe'' must be true or false'",
        "'minio:\n  backupSse: kms', 'backup.yaml:2: minio.backupSse: ''kms'' must be AES256, aws:kms or aws:kms:dsse'",
        "'minio:\n  backupSse: AES256\n  backupSseKmsKeyId: a', "
                + "'backup.yaml:3: minio.backupSseKmsKeyId: is for minio.backupSse aws:kms, but that is ''AES256'''",
        "'minio:\n  backupSseBucketKey: true', "
                + "'backup.yaml:2: minio.backupSseBucketKey: is for minio.backupSse aws:kms, but that is '''''",
        "'minio:\n  backupStorageType: local\n  backupRootPath: /b\n  backupSse: AES256', "
                + "'backup.yaml:4: minio.backupSse: is for stores that speak S3, but minio.backupStorageType is ''local''."
                + " Let the store encrypt by a setting of its own'",
        "'configVersion: v2\nbackup:\n  storage: {provider: azure, accountName: a, sse: AES256, "
                + "auth: {type: sharedKey, accountKey: k}}', "
                + "'backup.yaml:3: backup.storage.sse: is for stores that speak S3, but backup.storage.provider is ''azure''."
                + " Let the store encrypt by a setting of its own'",
        "'milvus:\n  password: *sesame', "
                + "'backup.yaml:2: not valid YAML: found undefined alias; quote a value with *'",
    })
    void namesTheLineOfAMistake(String file, String message) {
        assertThat(failure(file)).hasMessage(message);
    }

    @Test
    void neverShowsASecretInAProblem() {
        MigratorException thrown = failure("minio:\n  secretAccessKey: sesame\n  secretaccesskey: sesame\n");

        assertThat(thrown).hasMessageContaining("already given in line 2").hasMessageNotContaining("sesame");
    }

    private MigratorException failure(String content) {
        write(content);
        return catchThrowableOfType(
                MigratorException.class, () -> reader(Map.of()).read(null, List.of()));
    }

    private ConfigReader reader(Map<String, String> environment) {
        return new ConfigReader(new ConfigLocation(folder, null), environment);
    }

    private Path write(String content) {
        try {
            return Files.writeString(folder.resolve("backup.yaml"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
