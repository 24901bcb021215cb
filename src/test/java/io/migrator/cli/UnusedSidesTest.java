package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.launch.RunOutcome;
import io.migrator.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a side of the configuration stops no word that does not use it. */
class UnusedSidesTest {
    private static final RunOutcome DONE = new RunOutcome(null, "done", new RunReport(), null);

    @TempDir
    private Path folder;

    /** Each is a side that only a job between Milvus and its vault has. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "milvus.port: abc",
                "milvus.address: 'http://h'",
                "milvus.token: \"tok\\n\"",
                "milvus.tlsMode: 9",
                "milvus.tlsMode: 1; milvus.password: p; milvus.user: u; milvus.restEndpoint: 'http://h.example:1'",
                "minio.bucketName: A_B",
                "minio.rootPath: ../x",
                "minio.storageType: local; minio.rootPath: ''",
                "minio.storageType: gcp; minio.useIAM: true; minio.address: h.example",
                "minio.accessKeyID: ''",
                "milvus.grpc.tlsMode: mutual; configVersion: v2",
                "milvus.grpc.port: x; configVersion: v2",
                "milvus.storage.bucketName: A_B; configVersion: v2"
            })
    void stopsWordsOfTheVaultByNothingElse(String wrong) throws IOException {
        boolean v2 = wrong.contains("v2");
        Path vault = Files.createDirectory(folder.resolve("vault"));
        List<String> lines = new ArrayList<>(List.of(wrong.split("; ", -1)));
        lines.addAll(
                v2
                        ? List.of("backup.storage.provider: local", "backup.storage.rootPath: '" + vault + "'")
                        : List.of(
                                "minio.backupStorageType: local",
                                "minio.backupRootPath: '" + vault + "'",
                                "minio.backupUseIAM: false"));
        Files.write(folder.resolve("backup.yaml"), lines);

        for (String line : List.of("list", "get|-n|b", "delete|-n|b", "verify|-n|b", "verify|-n|b|--dry-run")) {
            CliRun run = new CliRun();
            assertThat(run.run(folder, DONE, line.split("\\|", -1)))
                    .as("%s: %s", line, run.errorText())
                    .isEqualTo(line.startsWith("get") || line.startsWith("delete") ? 10 : 0);
        }
        for (String line : List.of("create", "restore|-n|b", "config|show", "check")) {
            assertThat(new CliRun().run(folder, DONE, line.split("\\|", -1)))
                    .as(line)
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "verify|-n|b"})
    void namesAVariableOfMilvusInNone(String line) {
        CliRun run = new CliRun();

        int code = run.run(
                folder,
                Map.of("MILVUS_PORT", "tcp://10.0.0.1:19530", "MINIO_BACKUP_BUCKET_NAME", "A_B"),
                (request, progress) -> DONE,
                line.split("\\|", -1));

        assertThat(code).isEqualTo(2);
        assertThat(run.errorText()).contains("minio.backupBucketName").doesNotContain("MILVUS_PORT");
    }

    /** They show or delete a backup and hold nothing against its key. */
    @Test
    void aKeyFileThatIsGoneStopsNoWordThatDoesNotAskForTheKey() throws IOException {
        Path vault = Files.createDirectory(folder.resolve("vault"));
        Files.write(
                folder.resolve("backup.yaml"),
                List.of(
                        "minio.backupStorageType: local",
                        "minio.backupRootPath: '" + vault + "'",
                        "seal.keyFile: /nowhere/key"));

        Map<String, Integer> codes = new LinkedHashMap<>();
        for (String line : List.of("list", "get|-n|b", "delete|-n|b", "verify|-n|b", "restore|-n|b", "create|-n|b")) {
            codes.put(line, new CliRun().run(folder, DONE, line.split("\\|", -1)));
        }

        assertThat(codes)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "list",
                        0,
                        "get|-n|b",
                        10,
                        "delete|-n|b",
                        10,
                        "verify|-n|b",
                        2,
                        "restore|-n|b",
                        2,
                        "create|-n|b",
                        2));
    }
}
