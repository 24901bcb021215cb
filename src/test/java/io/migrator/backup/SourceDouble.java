package io.migrator.backup;

import io.migrator.catalog.Catalog;
import io.migrator.config.BackupConfig;
import io.migrator.config.LogConfig;
import io.migrator.config.MigratorConfig;
import io.migrator.config.RepositoryConfig;
import io.migrator.config.SealConfig;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentContent;
import io.migrator.fake.model.SegmentFiles;
import io.migrator.fake.model.SegmentModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.lab.JobState;
import io.migrator.lab.MemoryFolders;
import io.migrator.lab.Schemas;
import io.migrator.lab.StoreLab;
import io.migrator.launch.Launcher;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.Termination;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.report.Progress;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import io.milvus.grpc.CollectionSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A double of a Milvus with its bucket, a vault beside it, and backups of it run in this process. */
public final class SourceDouble implements AutoCloseable {
    static {
        // Else the JDK's server waits 40 ms with each answer on a connection that is kept.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final FakeMilvus milvus;
    private final ObjectStore vault;
    private final ObjectStore bucket;
    private final Path state;
    private final SealConfig seal;
    private final RepositoryConfig repository;

    private SourceDouble(FakeMilvus milvus, StorageConfig bucket, StorageConfig vault, Path state) {
        this(milvus, bucket, vault, state, SealConfig.NONE, RepositoryConfig.NONE);
    }

    private SourceDouble(
            FakeMilvus milvus,
            StorageConfig bucket,
            StorageConfig vault,
            Path state,
            SealConfig seal,
            RepositoryConfig repository) {
        this.milvus = milvus;
        this.state = state;
        this.seal = seal;
        this.repository = repository;
        this.vault = Stores.open(vault);
        this.bucket = Stores.open(bucket);
    }

    public static SourceDouble start(StoreLab server, String version) {
        return start(server, version, settings -> settings);
    }

    static SourceDouble start(StoreLab server, String version, UnaryOperator<FakeSettings> more) {
        try {
            // With room beside it for those of other machines.
            Path state = Files.createDirectory(
                    MemoryFolders.lasting("migrator-double").resolve("state"));
            String number = String.valueOf(Math.abs(state.hashCode()));
            server.createBucket("milvus-" + number);
            server.createBucket("vault-" + number);
            StorageConfig bucket = server.storage(StorageConfig.Side.MILVUS, "milvus-" + number, "files");
            StorageConfig vault = server.storage(StorageConfig.Side.VAULT, "vault-" + number, "backup");
            FakeMilvus milvus = FakeMilvus.start(more.apply(new FakeSettings(version, bucket)));
            return new SourceDouble(milvus, bucket, vault, state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another Milvus with another bucket, for the same vault and the same folder of job databases. */
    SourceDouble another(StoreLab server) {
        String name = "another-" + Path.of(bucket.config().bucketName()).getFileName();
        server.createBucket(name);
        StorageConfig storage = server.storage(StorageConfig.Side.MILVUS, name, "files");
        return new SourceDouble(FakeMilvus.start(new FakeSettings("2.4.15", storage)), storage, vault.config(), state);
    }

    /** The same servers, with job databases of their own: as from another machine. */
    SourceDouble withState(String name) {
        return new SourceDouble(
                milvus,
                bucket.config(),
                vault.config(),
                state.resolveSibling(state.getFileName() + name),
                seal,
                repository);
    }

    /** The same servers, with what runs know in this PostgreSQL. */
    public SourceDouble keepingIn(RepositoryConfig postgres) {
        return new SourceDouble(milvus, bucket.config(), vault.config(), state, seal, postgres);
    }

    /** The same servers and job databases, with a key for seals. */
    SourceDouble sealing(String key) {
        return new SourceDouble(
                milvus, bucket.config(), vault.config(), state, new SealConfig(new Secret(key), ""), repository);
    }

    /** The same Milvus, backed up into another vault. */
    SourceDouble into(StorageConfig other) {
        return new SourceDouble(milvus, bucket.config(), other, state, seal, repository);
    }

    public FakeMilvus milvus() {
        return milvus;
    }

    ObjectStore vault() {
        return vault;
    }

    /** Folder of the job databases. */
    Path state() {
        return state;
    }

    public ObjectStore bucket() {
        return bucket;
    }

    Catalog catalog() {
        return new Catalog(vault, vault.config().rootPath());
    }

    BackupInfo read(String name) {
        return catalog().read(name);
    }

    /** Keys in the vault, from the name of the backup on. */
    List<String> keys(String under) {
        String root = VaultLayout.rootDir(vault.config().rootPath());
        try (var objects = vault.list(root + under)) {
            return objects.map(object -> object.key().substring(root.length())).toList();
        }
    }

    /** One flushed segment of 10 rows in the default partition. */
    public CollectionModel collection(String database, String name) {
        CollectionModel made = milvus.filling().collection(database, schema(name));
        segment(made, "_default", 10);
        return made;
    }

    SegmentModel segment(CollectionModel collection, String partition, long rows) {
        return milvus.filling().segment(collection, partition, Kind.PLAIN, files(rows, 0));
    }

    static CollectionSchema schema(String name) {
        return Schemas.keyAndVector(name, 4);
    }

    /** A file for each of four fields, where there are rows, and delta logs. */
    static SegmentFiles files(long rows, int deltas) {
        return place -> {
            Map<Long, List<byte[]>> inserts = new HashMap<>();
            for (long field : new long[] {0, 1, 100, 101}) {
                if (rows > 0) {
                    inserts.put(field, List.of(bytes("field " + field + " of " + place)));
                }
            }
            List<byte[]> deletes = Stream.iterate(0, i -> i + 1)
                    .limit(deltas)
                    .map(i -> bytes("delta " + i + " of " + place))
                    .toList();
            return new SegmentContent(rows, inserts, deletes, Map.of());
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What {@code --dry-run} shows. */
    RunOutcome preview(String... words) {
        JobRequest request = new JobRequest(JobKind.BACKUP, parameters(words), config(), state, true);
        return new Launcher(request, Progress.NONE, new Termination()).run();
    }

    /** A run of {@code --job=backup} with these parameters, with the same job databases each time. */
    public RunOutcome backup(String... words) {
        return backup(Progress.NONE, words);
    }

    RunOutcome backup(Progress progress, String... words) {
        Map<String, String> parameters = parameters(words);
        JobState.workers().ifPresent(workers -> parameters.putIfAbsent("workers", workers));
        return new Launcher(new JobRequest(JobKind.BACKUP, parameters, config(), state), progress, new Termination())
                .run();
    }

    /** A run of another job, of which this Milvus is the target where it needs one. */
    RunOutcome run(JobKind job, String... words) {
        return new Launcher(new JobRequest(job, parameters(words), config(), state), Progress.NONE, new Termination())
                .run();
    }

    private static Map<String, String> parameters(String... words) {
        Map<String, String> parameters = new HashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            parameters.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return parameters;
    }

    /** What runs are configured with. */
    MigratorConfig config() {
        MigratorConfig config = new MigratorConfig(
                milvus.config(),
                bucket.config(),
                vault.config(),
                new BackupConfig(16, 4, 16, 1, 1, false, true, milvus.management(), 256, ""),
                new LogConfig("info", true, "", 0, 0, 0),
                seal);
        return JobState.in(state, JobState.at(repository, config));
    }

    @Override
    public void close() {
        milvus.close();
        vault.close();
        bucket.close();
    }
}
