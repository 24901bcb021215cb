package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that no server could be asked with are refused where the configuration is read, with the key to change. */
class ConfigurationFaultsTest {
    private static final String V2 = "configVersion: v2\n";

    @TempDir
    private Path folder;

    static Stream<Arguments> unusable() {
        Stream<Arguments> v1 = Stream.of(
                        List.of("minio.bucketName", "A_B", "Bucket", "a/b", "s3://b", "", "ab", "1.2.3.4", "a..b"),
                        List.of("minio.backupBucketName", "A_B", "s3://b", "a/b"),
                        List.of("minio.accessKeyID", "", "key\n", "kéy", "k y"),
                        List.of("minio.secretAccessKey", "", "hunter2\n", "sec\u0000ret", "sec\ufffdret"),
                        List.of("minio.backupAccessKeyID", "", "key\n", "kéy"),
                        List.of("minio.backupSecretAccessKey", "", "hunter2\n"),
                        List.of("minio.token", "hunter3\n", "tökén"),
                        List.of(
                                "minio.address",
                                "host\n",
                                "[::1",
                                "::g",
                                "a b",
                                "hé",
                                "-a",
                                "a..b",
                                "1.2.3",
                                "256.1.1.1"),
                        List.of("minio.backupAddress", "host\n", "[::1"),
                        List.of("minio.region", "eu\n", "eu/1"),
                        List.of("minio.rootPath", "..", "a/../b", "a//b", "a\nb"),
                        List.of("minio.backupRootPath", ".", "../x", "a/./b", "a\u0000"),
                        List.of("minio.iamEndpoint", "sts", "http://h:99999", "http://[::1", "http://u:p@h"),
                        List.of("milvus.address", "host\n", "[::1", "a b", "http://h"),
                        List.of("milvus.password", "hunter2\n"),
                        List.of("milvus.user", "us\ner"),
                        List.of("milvus.token", "tok\nen"),
                        List.of("milvus.restEndpoint", "http://h:99999", "http://h|", "http://h\n"),
                        List.of("milvus.caCertPath", "a\u0000b"),
                        List.of(
                                "log.file.filename",
                                "a\u0000b",
                                "my[app.log",
                                "${x}",
                                "{}",
                                "a*",
                                "a+b",
                                "app-%d.log",
                                "%/a"),
                        List.of("backup.gcPause.address", "http://h:x"))
                .flatMap(row -> row.stream().skip(1).map(value -> Arguments.of("", row.get(0), value)));
        Stream<Arguments> v2 = Stream.of(
                        List.of("milvus.storage.bucketName", "A_B", "s3://b", ""),
                        List.of("backup.storage.bucketName", "A_B", "a/b"),
                        List.of("backup.storage.rootPath", ".", "../x"),
                        List.of("milvus.storage.auth.accessKeyID", "", "key\n", "kéy"),
                        List.of("backup.storage.auth.secretAccessKey", "", "hunter2\n"),
                        List.of("log.file.path", "my[app.log", "logs/${x}"),
                        List.of("milvus.grpc.address", "host\n", "[::1"))
                .flatMap(row -> row.stream().skip(1).map(value -> Arguments.of(V2, row.get(0), value)));
        return Stream.concat(v1, v2);
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void isRefusedWithItsKeyAndWithoutItsSecret(String file, String key, String value) throws IOException {
        Files.writeString(folder.resolve("backup.yaml"), file);
        CliRun run = new CliRun();

        int code = run.run(folder, Map.of(), ConfigurationFaultsTest::noJob, "check", "--set", key + "=" + value);

        assertThat(code).as(run.errorText()).isEqualTo(2);
        assertThat(run.errorText()).contains(key);
        assertThat(run.errorText().lines()).as("one line a problem").allMatch(line -> line.startsWith("migrator: "));
        boolean secret = key.matches(".*([sS]ecret|[pP]assword|[tT]oken).*");
        assertThat(secret && value.length() > 1 && run.errorText().contains(value.strip()))
                .isFalse();
    }

    /** It becomes a part of the host's name, or of the path at an emulator. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "[x]", "%s", "${x}", "<", ">", "\\", "a_b", "a/b", "a..b", "-a", "a@b", "a?b"})
    void anAzureAccountMayBePartOfAHostsName(String account) throws IOException {
        for (String host : List.of("127.0.0.1", "x.invalid")) {
            requireAccountRefused(
                    "",
                    "minio.backupAccessKeyID",
                    "list",
                    List.of(
                            "minio.backupStorageType=azure",
                            "minio.backupAccessKeyID=" + account,
                            "minio.backupSecretAccessKey=c2VjcmV0",
                            "minio.backupAddress=" + host));
            requireAccountRefused(
                    "",
                    "minio.accessKeyID",
                    "check",
                    List.of(
                            "minio.storageType=azure",
                            "minio.accessKeyID=" + account,
                            "minio.secretAccessKey=c2VjcmV0",
                            "minio.address=" + host));
            requireAccountRefused(
                    V2,
                    "backup.storage.accountName",
                    "list",
                    List.of(
                            "backup.storage.provider=azure",
                            "backup.storage.auth.type=sharedKey",
                            "backup.storage.accountName=" + account,
                            "backup.storage.auth.accountKey=c2VjcmV0",
                            "backup.storage.address=" + host));
        }
    }

    private void requireAccountRefused(String file, String key, String word, List<String> settings) throws IOException {
        Files.writeString(folder.resolve("backup.yaml"), file);
        CliRun run = new CliRun();
        Stream<String> sets = settings.stream().flatMap(setting -> Stream.of("--set", setting));

        int code = run.run(
                folder,
                Map.of(),
                ConfigurationFaultsTest::noJob,
                Stream.concat(Stream.of(word), sets).toArray(String[]::new));

        assertThat(code).as(run.errorText()).isEqualTo(2);
        assertThat(run.errorText()).contains(key, "account");
    }

    @Test
    void aFolderOfMilvusFilesHasAName() throws IOException {
        CliRun run = new CliRun();

        int code = run.run(
                folder,
                Map.of(),
                ConfigurationFaultsTest::noJob,
                "list",
                "--set",
                "minio.backupStorageType=local",
                "--set",
                "minio.backupRootPath=a\u0000b");

        assertThat(code).as(run.errorText()).isEqualTo(2);
        assertThat(run.errorText()).contains("minio.backupRootPath");
    }

    @Test
    void aVariableThatKubernetesInjectsIsExplained() {
        CliRun run = new CliRun();

        int code = run.run(
                folder,
                Map.of("MILVUS_PORT", "tcp://10.0.0.7:19530"),
                ConfigurationFaultsTest::noJob,
                "config",
                "show");

        assertThat(code).isEqualTo(2);
        assertThat(run.errorText()).contains("MILVUS_PORT", "enableServiceLinks: false");
    }

    private static io.migrator.launch.RunOutcome noJob(
            io.migrator.launch.request.JobRequest request, io.migrator.report.Progress progress) {
        throw new AssertionError("no job is to begin");
    }
}
