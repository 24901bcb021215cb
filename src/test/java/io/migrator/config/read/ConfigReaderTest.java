package io.migrator.config.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.migrator.config.ConfigKey;
import io.migrator.config.KeysV1;
import io.migrator.config.MigratorConfig;
import io.migrator.config.MilvusConfig;
import io.migrator.config.SealConfig;
import io.migrator.config.Secret;
import io.migrator.config.Setting;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageType;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    @TempDir
    private Path folder;

    @Test
    void takesSetBeforeEnvironmentBeforeFileBeforeDefault() {
        write("minio:\n  address: of-file\n  port: 1001\n  bucketName: of-file\n");
        Map<String, String> environment = Map.of("MINIO_ADDRESS", "of-env", "MINIO_PORT", "1002");

        ResolvedConfig resolved = reader(environment).read(null, List.of("minio.address=of-set"));

        assertThat(resolved.config().milvusStorage().display()).isEqualTo("of-set:1002/of-file");
        assertThat(resolved.settings())
                .contains(
                        new Setting("minio.address", "of-set", "--set"),
                        new Setting("minio.port", "1002", "env MINIO_PORT"),
                        new Setting("minio.bucketName", "of-file", "backup.yaml:4"),
                        new Setting("minio.rootPath", "files", "default"),
                        new Setting("minio.backupPort", "1002", "minio.port (env MINIO_PORT)"));
    }

    @Test
    void everyVariableOfMilvusBackupReachesItsKey() {
        for (ConfigKey key : KeysV1.ALL) {
            if (key.env() == null || key.name().equals(SealConfig.KEY_FILE)) {
                continue;
            }
            String value =
                    switch (key.kind()) {
                        case FLAG -> key.defaultValue().equals("true") ? "false" : "true";
                        case PORT, COUNT, LIMIT -> "7";
                        case TLS_MODE -> "1";
                        case URL -> "http://gc:1";
                        case ENCRYPTION -> "aws:kms";
                        case SEAL_KEY -> "7".repeat(SealConfig.SHORTEST);
                        default -> "seven";
                    };
            Map<String, String> environment = new HashMap<>(Map.of(key.env(), value));
            if (key.name().startsWith(KeysV1.BACKUP_SSE)) {
                environment.put("MINIO_BACKUP_SSE", "aws:kms");
            }
            ResolvedConfig resolved = reader(environment).read(null, List.of());
            assertThat(resolved.settings()).contains(new Setting(key.name(), key.shown(value), "env " + key.env()));
        }
    }

    @Test
    void setTakesVariableNamesAnyCaseAndCommas() {
        ResolvedConfig resolved =
                reader(Map.of()).read(null, List.of("minio_bucket_name=abc", "MILVUS.Password=x,y=z"));

        assertThat(resolved.config().milvusStorage().bucketName()).isEqualTo("abc");
        assertThat(resolved.config().milvus().password().reveal()).isEqualTo("x,y=z");
    }

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

    @Test
    void readsKeysInAnyCaseAndAcceptsThoseOfMilvusBackupItDoesNotUse() {
        MigratorConfig config = read(
                """
                log:
                  file:
                    rootPath: logs
                http:
                  enabled: true
                  simpleResponse: true
                cloud:
                  apikey: abc
                MILVUS:
                  Address: m
                  authorizationEnabled: false
                  rpcChannelName: x
                  etcd:
                    endpoints: [localhost:2379]
                Minio:
                  CROSSSTORAGE: "false"
                  token:
                backup:
                  maxSegmentGroupSize: 2G
                  gcPause:
                    seconds: 7200
                """);

        assertThat(config.milvus().address()).isEqualTo("m");
        assertThat(config.milvusStorage().token().isEmpty()).isTrue();
    }

    @Test
    void refusesAVersionThatIsNotKnown() {
        assertThat(failure("milvus:\n  address: m\nconfigVersion: v3\n").failure())
                .isEqualTo(Failure.UNSUPPORTED);
    }

    @Test
    void looksInTheConfigFolderAndBesideTheProgram() throws IOException {
        Path program = Files.createDirectories(folder.resolve("opt/target"));
        Files.createDirectories(folder.resolve("opt/config"));
        Files.writeString(folder.resolve("opt/config/backup.yaml"), "minio:\n  bucketName: beside\n");
        Path here = Files.createDirectories(folder.resolve("here/config"));
        Files.writeString(here.resolve("b.yaml"), "minio:\n  bucketName: named\n");
        ConfigReader reader = new ConfigReader(new ConfigLocation(here.getParent(), program), Map.of());

        assertThat(reader.read(null, List.of()).config().milvusStorage().bucketName())
                .isEqualTo("beside");
        assertThat(reader.read("b.yaml", List.of()).config().milvusStorage().bucketName())
                .isEqualTo("named");
        assertThat(catchThrowableOfType(MigratorException.class, () -> reader.read("c.yaml", List.of())))
                .hasMessageContaining("unable to read 'c.yaml'");
    }

    @Test
    void aFolderInThePlaceOfTheFileIsNotPassedOver() throws IOException {
        Files.createDirectories(folder.resolve("backup.yaml"));

        MigratorException thrown = catchThrowableOfType(
                MigratorException.class, () -> reader(Map.of()).read(null, List.of()));

        assertThat(thrown).hasMessageContaining("unable to read 'backup.yaml': it is a folder");
        assertThat(thrown.failure()).isEqualTo(Failure.USAGE);
    }

    /** Such as /dev/zero, which filled the heap. */
    @Test
    void aFileThatNobodyWroteByHandIsRefused() throws IOException {
        Files.write(folder.resolve("large.yaml"), new byte[2 << 20]);

        MigratorException thrown = catchThrowableOfType(
                MigratorException.class, () -> reader(Map.of()).read("large.yaml", List.of()));

        assertThat(thrown).hasMessageContaining("unable to read 'large.yaml': it is longer than 1 MiB");
        assertThat(thrown.failure()).isEqualTo(Failure.USAGE);
    }

    @Test
    void aLinkToNothingIsNotPassedOver() throws IOException {
        Files.createSymbolicLink(folder.resolve("backup.yaml"), Path.of("gone.yaml"));

        assertThat(catchThrowableOfType(
                        MigratorException.class, () -> reader(Map.of()).read(null, List.of())))
                .hasMessageContaining("unable to read 'backup.yaml'");
    }

    @ParameterizedTest
    @CsvSource({"'1', true", "t, true", "T, true", "TRUE, true", "'0', false", "f, false", "F, false", "False, false"})
    void readsBooleansAsGoDoes(String text, boolean meant) {
        write("minio:\n  useSSL: '" + text + "'\n");

        assertThat(reader(Map.of())
                        .read(null, List.of())
                        .config()
                        .milvusStorage()
                        .useSsl())
                .isEqualTo(meant);
    }

    @Test
    void takesOverWhatAMergeKeyNames() {
        write(
                """
                minio: &minio
                  address: of-minio
                  port: 1001
                milvus:
                  <<: [*minio, {user: of-list, port: 1003}]
                  Port: 1002
                """);

        MilvusConfig milvus = reader(Map.of()).read(null, List.of()).config().milvus();

        assertThat(milvus.display()).isEqualTo("of-minio:1002");
        assertThat(milvus.user()).isEqualTo("of-list");
    }

    @Test
    void aMergeOfAMappingWithItselfIsNothing() {
        write("milvus: &m\n  <<: [*m, *m]\n  port: 1002\n");

        assertThat(reader(Map.of()).read(null, List.of()).config().milvus().port())
                .isEqualTo(1002);
    }

    @ParameterizedTest
    @CsvSource({"'::1', '[::1]'", "'[::1]', '[::1]'", "a_b, a_b", "'::ffff:10.0.0.1', '[::ffff:10.0.0.1]'", "h., h."})
    void writesAHostAsItStandsBeforeAPort(String given, String written) {
        String sets = "milvus.address=%s,minio.address=%s,minio.backupAddress=%s".formatted(given, given, given);

        MigratorConfig config = reader(Map.of()).read(null, List.of(sets)).config();

        assertThat(config.milvus().display()).isEqualTo(written + ":19530");
        assertThat(config.milvusStorage().address()).isEqualTo(written);
        assertThat(config.vault().address()).isEqualTo(written);
    }

    @Test
    void saysWhenThereIsNoFile() {
        assertThat(reader(Map.of()).read(null, List.of()).warnings())
                .containsExactly("no configuration file found, using defaults; name one with --config");
    }

    @Test
    void warnsOfAReadableSecret() throws IOException {
        Assumptions.assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
        Path file = write("milvus:\n  password: sesame\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(reader(Map.of()).read(null, List.of()).warnings())
                .containsExactly(
                        "configuration: backup.yaml",
                        "'backup.yaml' holds a secret and can be read by everyone; run chmod o-rwx on it");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(reader(Map.of()).read(null, List.of()).warnings()).containsExactly("configuration: backup.yaml");

        Path key = Files.writeString(folder.resolve("key.json"), "{}");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(reader(Map.of("GCP_KEY_JSON", key.toString()))
                        .read(null, List.of())
                        .warnings())
                .containsExactly(
                        "configuration: backup.yaml",
                        "'%s' holds a secret and can be read by everyone; run chmod o-rwx on it".formatted(key));
    }

    @Test
    void theShippedFileHoldsTheDefaults() throws IOException {
        Files.copy(Path.of("config/backup.yaml"), folder.resolve("shipped.yaml"));

        assertThat(reader(Map.of()).read("shipped.yaml", List.of()).config())
                .isEqualTo(reader(Map.of())
                        .read(null, List.of("minio.backupRootPath=backup"))
                        .config());
    }

    private MigratorConfig read(String content) {
        write(content);
        return reader(Map.of()).read(null, List.of()).config();
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
