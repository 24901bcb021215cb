package io.migrator.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.RepositoryConfig;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.format.layout.VaultLayout;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.PostgresServer;
import io.migrator.lab.Wire;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.StoppedRun;
import io.migrator.launch.WorkerThread;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A double with one collection of 40 objects, a folder as vault, a PostgreSQL, and workers on threads of this process. */
final class RemoteGround extends RemoteRecords implements AutoCloseable {
    static final int OBJECTS = 40;

    private final LocalFolders store;
    private final SourceDouble plain;
    private final SourceDouble source;
    private final RepositoryConfig postgres;
    private final List<WorkerThread> workers = new ArrayList<>();

    private RemoteGround(LocalFolders store, SourceDouble plain, RepositoryConfig postgres, PostgresServer server) {
        super(postgres, server);
        this.store = store;
        this.plain = plain;
        this.postgres = postgres;
        this.source = plain.keepingIn(postgres);
    }

    static RemoteGround start(Path folder) {
        return start(folder, PostgresServer.shared().database(), PostgresServer.shared());
    }

    static RemoteGround start(Path folder, RepositoryConfig postgres, PostgresServer server) {
        LocalFolders store = new LocalFolders(folder);
        SourceDouble source = SourceDouble.start(store, "2.4.15");
        var made = source.milvus().filling().collection("default", SourceDouble.schema("a"));
        for (int i = 0; i < OBJECTS / 4; i++) {
            source.segment(made, "_default", 10);
        }
        return new RemoteGround(store, source, postgres, server);
    }

    SourceDouble source() {
        return source;
    }

    SourceDouble inAFolder() {
        return plain;
    }

    /** Words of a run that takes some seconds. */
    String[] slowly() {
        return new String[] {
            "collection=a", "name=n", "chunk=2", "in-flight=1", "workers=remote", "max-bytes-per-second=1500"
        };
    }

    /** The same of one that takes more. */
    String[] verySlowly() {
        String[] words = slowly();
        words[words.length - 1] = "max-bytes-per-second=300";
        return words;
    }

    WorkerThread worker(int threads) {
        return worker(threads, Duration.ZERO);
    }

    WorkerThread worker(int threads, Duration idle) {
        WorkerThread worker = WorkerThread.start(source.config(), threads, idle);
        workers.add(worker);
        return worker;
    }

    WorkerThread workerOfAnotherVault() {
        store.createBucket("another-vault");
        WorkerThread worker = WorkerThread.start(
                source.into(store.storage(StorageConfig.Side.VAULT, "another-vault", "backup"))
                        .config(),
                1);
        workers.add(worker);
        return worker;
    }

    /** On a host that reaches PostgreSQL by that. */
    WorkerThread workerBy(Wire wire, int threads) {
        WorkerThread worker = WorkerThread.start(reaching(wire).config(), threads);
        workers.add(worker);
        return worker;
    }

    private SourceDouble reaching(Wire wire) {
        return plain.keepingIn(PostgresServer.by(wire, postgres));
    }

    /** To the server another than the run is. */
    WorkerThread workerOfAnotherRole() {
        String role = "other" + UUID.randomUUID().toString().replace("-", "");
        execute("create role %s superuser login password 'word-of-another'".formatted(role));
        WorkerThread worker = WorkerThread.start(
                plain.keepingIn(new RepositoryConfig(
                                postgres.url(), role, new Secret("word-of-another"), postgres.schema()))
                        .config(),
                1);
        workers.add(worker);
        return worker;
    }

    CompletableFuture<RunOutcome> begin(String... words) {
        return CompletableFuture.supplyAsync(() -> backup(words));
    }

    /** A run of which each record of a copy is counted. */
    RunOutcome backup(String... words) {
        return source.backup(new AtStage("copy", this::countRecords), words);
    }

    /** The same on a host that reaches PostgreSQL by that. */
    RunOutcome backupBy(Wire wire, String... words) {
        return reaching(wire).backup(new AtStage("copy", this::countRecords), words);
    }

    /** A run that is asked to stop once some objects have been copied. */
    RunOutcome stopped(String... words) {
        Map<String, String> parameters = new HashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            parameters.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return StoppedRun.afterObjects(4, new JobRequest(JobKind.BACKUP, parameters, source.config(), source.state()));
    }

    /** Ends where a store fails: a file has the place of a folder of the vault. */
    RunOutcome blocked(String name, String workers) {
        return source.backup(
                new AtStage("copy", () -> {
                    try {
                        Files.createDirectories(blockade(name).getParent());
                        Files.writeString(blockade(name), "in the way");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }),
                "collection=a",
                "name=" + name,
                "chunk=5",
                workers);
    }

    /** A run of which somebody writes an object once more, otherwise, after it was recorded. */
    RunOutcome overwrittenLate(String... words) {
        return source.backup(
                new AtStage("verify", () -> {
                    String key = String.valueOf(
                            query("select target_key from %s.copy_plan where seq = 3".formatted(schema()))
                                    .get(0)
                                    .get("target_key"));
                    source.vault().write(key, new byte[7]);
                }),
                words);
    }

    Path blockade(String name) {
        return vault().resolve(layout(name).dataDir()).resolve("insert_log");
    }

    Path vault() {
        return Path.of(source.vault().config().bucketName());
    }

    private BackupFiles files() {
        return new BackupFiles(vault(), Path.of(source.bucket().config().bucketName()));
    }

    /** What lies of the copies of a backup: contents by the names within it. */
    Map<String, String> files(String name) {
        return files().of(layout(name).dataDir());
    }

    /** A backup, n where none is named, has each object of the source as it is there, and says that it is complete. */
    void requireWhole() {
        requireWhole("n");
    }

    void requireWhole(String name) {
        assertThat(source.run(JobKind.VERIFY, "name=" + name).exitCode()).isZero();
        assertThat(files(name).values()).hasSize(OBJECTS).doesNotHaveDuplicates();
        assertThat(files().ofSource()).containsAll(files(name).values());
    }

    /** Of the copies that are recorded: each write of a file makes another. */
    Map<String, Object> inodesOfRecorded() {
        List<String> recorded =
                query("select target_key from %s.copy_plan where state = 'COPIED'".formatted(schema())).stream()
                        .map(row -> String.valueOf(row.get("target_key")))
                        .toList();
        return files().inodes(layout("n").dataDir(), recorded);
    }

    /** The same for processes of their own. */
    void writeConfig(Path file) throws IOException {
        Files.writeString(
                file,
                """
                milvus: {address: 127.0.0.1, port: %d, tlsMode: 0}
                minio:
                  storageType: local
                  rootPath: %s
                  backupStorageType: local
                  backupRootPath: %s
                backup: {gcPause: {enable: false}}
                repository: {url: "%s", user: %s, password: %s}
                """
                        .formatted(
                                source.milvus().port(),
                                source.bucket().config().bucketName(),
                                source.vault().config().bucketName(),
                                postgres.url(),
                                postgres.user(),
                                postgres.password().reveal()));
    }

    /** Takes the marker of the backup away, for a while. */
    void hideMarker() {
        move(marker(), marker().resolveSibling("hidden"));
    }

    void showMarker() {
        move(marker().resolveSibling("hidden"), marker());
    }

    /** Another source by the same name, with nothing in it. */
    void hideSource() {
        move(bucket(), bucket().resolveSibling("hidden"));
        store.createBucket(String.valueOf(bucket().getFileName()));
    }

    void showSource() throws IOException {
        Files.delete(bucket());
        move(bucket().resolveSibling("hidden"), bucket());
    }

    /** What a worker would write first cannot be: a folder has its place. */
    void blockProbe() throws IOException {
        Files.createDirectories(probe().resolve("in the way"));
    }

    void allowProbe() throws IOException {
        Files.delete(probe().resolve("in the way"));
        Files.delete(probe());
    }

    private Path probe() {
        return vault().resolve(layout("n").ownDir() + "probe");
    }

    Path bucket() {
        return Path.of(source.bucket().config().bucketName());
    }

    private Path marker() {
        return vault().resolve(layout("n").marker());
    }

    private VaultLayout layout(String name) {
        return new VaultLayout(source.vault().config().rootPath(), name);
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        workers.forEach(WorkerThread::close);
        source.close();
    }
}
