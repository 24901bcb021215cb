package io.migrator.config.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.migrator.config.MigratorConfig;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.config.migrate.ConfigMigration;
import io.migrator.config.migrate.MigratedConfig;
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
import org.junit.jupiter.params.provider.ValueSource;

class ConfigV2Test {
    private static final String V1 =
            """
            milvus:
              address: m
              tlsMode: 2
              user: root
              password: '12: # odd'
            minio:
              storageType: alicloud
              address: s3.example
              caCertPath: ca.pem
              accessKeyID: me
              secretAccessKey: sesame
              bucketName: source
              rootPath: file
              backupBucketName: vault
              backupSse: AWS:KMS
              backupSseKmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/abc
              backupSseBucketKey: true
              backupUseIAM: true
              crossStorage: true
            backup:
              parallelism:
                copydata: 9
              gcPause:
                enable: false
                address: http://m:9091
              maxSegmentGroupSize: 2G
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1", "t", "T", "true", "0", "f", "F", "false"})
    void readsBooleansAsGoDoes(String text) {
        boolean meant = List.of("1", "t", "T", "true").contains(text);

        assertThat(read("configVersion: v2\nbackup: {storage: {useSSL: '%s'}}\n".formatted(text))
                        .config()
                        .vault()
                        .useSsl())
                .isEqualTo(meant);
    }

    @Test
    void takesOverWhatAMergeKeyNames() {
        StorageConfig vault =
                read("""
                        configVersion: v2
                        milvus:
                          storage: &one {address: '::1', port: 1001, bucketName: one}
                        backup:
                          storage: {<<: *one, bucketName: other}
                        """)
                        .config()
                        .vault();

        assertThat(vault.display()).isEqualTo("[::1]:1001/other");
    }

    /** A token may be a user and a password, which may have spaces. */
    @Test
    void takesATokenWithAnInnerSpace() {
        String text = "configVersion: v2\nmilvus: {token: '%s'}\n";

        assertThat(read(text.formatted("root:my pass word"))
                        .config()
                        .milvus()
                        .token()
                        .reveal())
                .isEqualTo("root:my pass word");
        write(text.formatted(" root:pass"));
        assertThat(mistakes()).contains("milvus.token");
    }

    @Test
    void bothFormsGiveTheSameRecords() {
        ResolvedConfig v1 = read(V1.replace("  backupUseIAM: true\n", ""));
        MigratedConfig migrated =
                new ConfigMigration(Map.of()).run(V1.replace("  backupUseIAM: true\n", ""), "backup.yaml");

        ResolvedConfig v2 = read(migrated.yaml());

        assertThat(migrated.problems()).isEmpty();
        assertThat(v2.version()).isEqualTo("v2");
        assertThat(v2.config()).isEqualTo(v1.config());
        assertThat(v2.parameters()).isEqualTo(v1.parameters()).containsEntry("transfer", "stream");
    }

    @Test
    void saysWhatChangedAndWhatWasDropped() {
        MigratedConfig migrated =
                new ConfigMigration(Map.of("MINIO_ADDRESS", "x", "MINIO_SECRET_KEY", "y")).run(V1, "backup.yaml");

        assertThat(migrated.report())
                .contains(
                        "minio.bucketName is now milvus.storage.bucketName",
                        "minio.caCertPath is now milvus.storage.caCertPath",
                        "dropped backup.maxSegmentGroupSize: it has no equivalent in v2",
                        "milvus.tlsMode 2 without a key pair became 'server': v1 took it as that, v2 refuses it",
                        "environment variable MINIO_ADDRESS is not read with v2: set milvus.storage.address in the file",
                        "environment variable MINIO_SECRET_KEY is MILVUS_STORAGE_AUTH_SECRET_ACCESS_KEY with v2");
        assertThat(migrated.yaml()).contains("type: iam").contains("secretAccessKey: sesame");
    }

    @Test
    void theVaultTakesOverAllButItsRootPath() {
        StorageConfig vault =
                read("""
                        configVersion: v2
                        milvus:
                          storage:
                            provider: aws
                            address: s3
                            port: 443
                            rootPath: file
                            auth: {accessKeyID: me, secretAccessKey: sesame, sessionToken: short}
                        backup:
                          storage: {bucketName: vault}
                        """)
                        .config()
                        .vault();

        assertThat(vault.display()).isEqualTo("s3:443/vault");
        assertThat(vault.rootPath()).isEqualTo("backup");
        assertThat(vault.type()).isEqualTo(StorageType.AWS);
        assertThat(vault.token().reveal()).isEqualTo("short");
    }

    @Test
    void readsOnlyCredentialsFromTheEnvironment() {
        write("configVersion: v2\n");
        Map<String, String> environment =
                Map.of("MILVUS_STORAGE_AUTH_ACCESS_KEY_ID", "me", "MINIO_ADDRESS", "x", "MILVUS_USER", "root");

        MigratorConfig config = reader(environment).read(null, List.of()).config();

        assertThat(config.milvusStorage().accessKeyId().reveal()).isEqualTo("me");
        assertThat(config.milvusStorage().address()).isEqualTo("localhost");
        assertThat(config.milvus().user()).isEqualTo("root");
    }

    @Test
    void showsEveryMistakeAtOnce() {
        write(
                """
                configVersion: v2
                milvus:
                  grpc:
                    tlsMode: 1
                  storage: {port: 0, auth: {type: sharedKy}}
                """);

        assertThat(mistakes())
                .contains(
                        "backup.yaml:4: milvus.grpc.tlsMode: '1' must be disabled, server or mutual (0, 1 and 2 in v1)",
                        "backup.yaml:5: milvus.storage.port: '0' must be",
                        "backup.yaml:5: milvus.storage.auth.type: 'sharedKy' must be");
    }

    @Test
    void heedsWhatMilvusBackup061Knows() {
        ResolvedConfig config = read(
                """
                configVersion: v2
                milvus:
                  storage: {provider: local, rootPath: /mnt/milvus, localPath: /var/lib/milvus/, sourceSASToken: sas}
                backup:
                  storage: {provider: local, rootPath: /mnt/vault}
                restore: {maxSegmentsPerImportJob: 7}
                """);

        assertThat(config.config().backup().importSegments()).isEqualTo(7);
        assertThat(config.config().backup().milvusFolder()).isEqualTo("/var/lib/milvus");
        assertThat(config.warnings()).anyMatch(line -> line.contains("no effect") && line.contains("sourceSASToken"));
        write("configVersion: v2\nmilvus:\n  storage: {localPath: /m}\n");
        assertThat(mistakes()).contains("milvus.storage.localPath: is for provider local only");
    }

    @Test
    void refusesCredentialsThatTheTypeDoesNotUse() {
        write(
                """
                configVersion: v2
                milvus:
                  grpc: {tlsMode: mutual}
                  storage:
                    provider: azure
                    auth:
                      type: default
                      accountKey: sesame
                backup:
                  storage: {provider: minio, auth: {type: sharedKey}}
                """);

        assertThat(mistakes())
                .contains(
                        "milvus.grpc.tlsMode: 'mutual' needs milvus.grpc.mtlsCertPath",
                        "milvus.storage.provider: 'azure' needs milvus.storage.accountName",
                        "backup.yaml:8: milvus.storage.auth.accountKey: is not used where milvus.storage.auth.type is"
                                + " 'default'",
                        "backup.storage.auth.type: 'sharedKey' is not for provider minio")
                .doesNotContain("sesame");
    }

    @Test
    void namesTheKeyThatAV1KeyIsNow() {
        assertThat(read("configVersion: v2\nmilvus:\n  address: m\n  later: 1\n")
                        .warnings())
                .contains(
                        "backup.yaml:3: the unknown key 'milvus.address' has no effect, which is 'milvus.grpc.address' in v2",
                        "backup.yaml:4: the unknown key 'milvus.later' has no effect, did you mean 'milvus.user'?");
        assertThat(ConfigVersion.V2.inItsWords("Set minio.backupRootPath or milvus.user."))
                .isEqualTo("Set backup.storage.rootPath or milvus.user.");
    }

    private String mistakes() {
        MigratorException fault = catchThrowableOfType(
                MigratorException.class, () -> reader(Map.of()).read(null, List.of()));
        assertThat(fault.failure()).isEqualTo(Failure.USAGE);
        return String.valueOf(fault.getMessage());
    }

    private ResolvedConfig read(String text) {
        write(text);
        return reader(Map.of()).read(null, List.of());
    }

    private void write(String text) {
        try {
            Files.writeString(folder.resolve("backup.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ConfigReader reader(Map<String, String> environment) {
        return new ConfigReader(new ConfigLocation(folder, null), environment);
    }
}
