package io.migrator.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig.Side;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.lab.FreePorts;
import io.migrator.lab.GoogleAccount;
import io.migrator.lab.MinioServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every job and every word, in debug mode, well and badly: no secret in what is said, logged, kept in the state folder or
 * written to a bucket, nor in the list of processes.
 */
final class SecretsIT {
    private static final int ANY = -1;
    private static final int FAILS = -2;
    private static final String S3_SECRET = "sesame-of-minio-7w";
    private static final String PASSWORD = "Milvus";
    private static final String WRONG = "sesame-wrong-3k";
    private static final String API_KEY = "sesame-api-key-5q";
    private static final String OTHER = "sesame-other-9z";

    @TempDir
    private static Path folder;

    private static MinioServer store;
    private static DoubleServer source;
    private static DoubleServer target;

    private final Leaks leaks = new Leaks(Set.of(
            S3_SECRET,
            "root:" + PASSWORD,
            "\"" + PASSWORD + "\"",
            WRONG,
            API_KEY,
            OTHER,
            "-----BEGIN PRIVATE KEY-----"));

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(MinioServer.available(), MinioServer::unavailableBecause);
        store = MinioServer.start(folder.resolve("s3"), "labuser", S3_SECRET);
        store.createBucket("vault");
        source = server("bucket-a");
        target = server("bucket-b");
        source.fill("m");
    }

    private static DoubleServer server(String bucket) {
        store.createBucket(bucket);
        FakeSettings settings =
                new FakeSettings("2.6.12", store.storage(Side.MILVUS, bucket, "files")).users(Map.of(API_KEY, "root"));
        return new DoubleServer("2.6.12", FakeMilvus.start(settings), store.storage(Side.MILVUS, bucket, "files"));
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable server :
                Stream.of(source, target, store).filter(one -> one != null).toList()) {
            try {
                server.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void appearNowhere() throws IOException {
        Desk from = desk("from", source, Map.of());
        Desk byKey = desk("by-key", target, Map.of("milvus.user", "", "milvus.password", "", "milvus.token", API_KEY));
        runAsProcess(from, 0, "--job=backup", "collection=m", "name=b", "rbac=yes");
        runAsProcess(byKey, 0, "--job=restore", "name=b", "suffix=_bak");
        for (String words : List.of(
                "check",
                "config show",
                "config show --output=json",
                "list",
                "get -n b",
                "--job=verify name=b",
                "--job=backup collection=m name=c --dry-run",
                "--job=restore name=b suffix=_x --dry-run",
                "--job=backup colection=m",
                "config show --set=minio.backupToken=" + OTHER)) {
            run(from, ANY, words.split(" "));
        }
        run(byKey, ANY, "check");
        run(byKey, ANY, "config", "show");
        Desk badPassword = desk("bad-password", source, Map.of("milvus.password", WRONG));
        run(badPassword, FAILS, "--job=backup", "collection=m", "name=d");
        run(badPassword, FAILS, "check");
        Desk badKey = desk("bad-key", source, Map.of("minio.secretAccessKey", WRONG));
        runAsProcess(badKey, FAILS, "--job=backup", "collection=m", "name=d");
        run(badKey, FAILS, "list");
        // minio's faults hold every header that was sent.
        Desk badSession = desk("bad-session", source, Map.of("minio.token", OTHER));
        run(badSession, FAILS, "--job=backup", "collection=m", "name=d");
        run(badSession, FAILS, "list");
        for (Map<String, String> elsewhere : elsewhere()) {
            Desk desk = desk("elsewhere-" + elsewhere.get("minio.storageType"), source, elsewhere);
            run(desk, FAILS, "list");
        }
        leaks.look("the state folders and log files", folder.resolve("desks"), "backup.yaml");
        for (String bucket : List.of("vault", "bucket-a", "bucket-b")) {
            leaks.look(new Bucket(store, bucket));
        }
        run(from, 0, "delete", "-n", "b");
        assertThat(leaks.found()).isEmpty();
        assertThat(leaks.looked()).isGreaterThan(100);
    }

    /** Stores that nobody serves, with secrets of other kinds. */
    private static List<Map<String, String>> elsewhere() {
        try (GoogleAccount account = new GoogleAccount()) {
            String port = String.valueOf(FreePorts.one());
            return List.of(
                    Map.of(
                            "minio.storageType",
                            "azure",
                            "minio.port",
                            port,
                            "minio.accessKeyID",
                            "account",
                            "minio.secretAccessKey",
                            Base64.getEncoder().encodeToString(OTHER.getBytes(UTF_8))),
                    Map.of(
                            "minio.storageType",
                            "gcpnative",
                            "minio.port",
                            port,
                            "minio.gcpCredentialJSON",
                            account.json()),
                    Map.of("minio.storageType", "aws", "minio.port", port, "minio.token", OTHER));
        }
    }

    private static Desk desk(String name, DoubleServer server, Map<String, String> more) {
        Map<String, String> settings = new LinkedHashMap<>(server.settings());
        settings.putAll(Map.of(
                "milvus.user",
                "root",
                "milvus.password",
                PASSWORD,
                "minio.address",
                store.host(),
                "minio.port",
                String.valueOf(store.port()),
                "minio.accessKeyID",
                store.accessKey(),
                "minio.secretAccessKey",
                S3_SECRET,
                "minio.rootPath",
                "files",
                "minio.backupBucketName",
                "vault",
                "minio.backupRootPath",
                "backup"));
        settings.put("log.level", "debug");
        settings.put(
                "log.file.filename",
                folder.resolve("desks").resolve(name).resolve("migrator.log").toString());
        settings.putAll(more);
        return Desk.at(folder.resolve("desks").resolve(name), settings);
    }

    /** @param exitCode or {@link #ANY}, or {@link #FAILS} */
    private void run(Desk desk, int exitCode, String... words) {
        PrintStream error = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, UTF_8));
        try {
            require(exitCode, desk.runHere(inDebugMode(words)), words);
        } finally {
            System.setErr(error);
        }
        leaks.look("what '" + String.join(" ", words) + "' logged", logged.toByteArray());
    }

    /** The same where others can see it in the list of processes. */
    private void runAsProcess(Desk desk, int exitCode, String... words) throws IOException {
        try (MigratorProcess process = desk.start(inDebugMode(words))) {
            Path commandLine = Path.of("/proc", Long.toString(process.pid()), "cmdline");
            if (Files.exists(commandLine)) {
                leaks.look("the list of processes", Files.readAllBytes(commandLine));
            }
            require(exitCode, process.end(), words);
        }
    }

    private static String[] inDebugMode(String... words) {
        return Stream.concat(Stream.of(words), Stream.of("--debug")).toArray(String[]::new);
    }

    private void require(int exitCode, Outcome outcome, String... words) {
        String said = outcome.output() + outcome.errors();
        leaks.look("what '" + String.join(" ", words) + "' said", said.getBytes(UTF_8));
        if (exitCode == FAILS) {
            assertThat(outcome.exitCode()).as(outcome.toString()).isNotZero();
        } else if (exitCode != ANY) {
            assertThat(outcome).as(outcome.toString()).returns(exitCode, Outcome::exitCode);
        }
    }
}
