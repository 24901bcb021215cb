package io.migrator.reliability;

import io.migrator.catalog.Catalog;
import io.migrator.config.BackupConfig;
import io.migrator.config.LogConfig;
import io.migrator.config.MigratorConfig;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.fake.data.DeltaForm;
import io.migrator.fake.data.RowDigest;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.StoredRows;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.imports.Imports;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.LentProperty;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two doubles of Milvus with folders for buckets, and small collections: what many short runs in this process are done on. */
final class StatementGround implements AutoCloseable {
    /** Collections of the source. */
    static final List<String> NAMES = List.of("one", "two");

    private static final String VERSION = "2.5.10";
    /** The double shows at once a call that was cut off. */
    private static final String LATE_CALL = "migrator.import.lateCallSeconds";

    private final LentProperty lateCall;
    private final Path workDir;
    private final LocalFolders folders;
    private final FakeMilvus source;
    private final FakeMilvus target;
    private final ObjectStore vault;

    StatementGround(Path workDir) {
        lateCall = LentProperty.set(LATE_CALL, "1");
        this.workDir = workDir;
        this.folders = new LocalFolders(workDir);
        for (String bucket : List.of("a", "b", "vault")) {
            folders.createBucket(bucket);
        }
        source = FakeMilvus.start(new FakeSettings(VERSION, storage("a")));
        target = FakeMilvus.start(new FakeSettings(VERSION, storage("b"))
                .imports(model -> new Imports(model, ImportSettings.FAST.every(Duration.ofMillis(1)))));
        vault = Stores.open(vaultStorage());
        for (String name : NAMES) {
            CollectionModel made = source.filling().collection("default", TypedSchemas.small(name));
            SegmentWriter writer = new SegmentWriter(made.schema());
            source.filling()
                    .segment(
                            made,
                            "_default",
                            Kind.PLAIN,
                            writer.rows(SegmentRows.of(30, 0, 1).withDeletes(3, DeltaForm.JSON)));
            source.filling().segment(made, "p1", Kind.PLAIN, writer.rows(SegmentRows.of(20, 300, 2)));
        }
    }

    private StorageConfig storage(String bucket) {
        return folders.storage(Side.MILVUS, bucket, "files");
    }

    private StorageConfig vaultStorage() {
        return folders.storage(Side.VAULT, "vault", "backup");
    }

    /** Folder of the source's bucket. */
    Path bucketOfSource() {
        return workDir.resolve("a");
    }

    Catalog catalog() {
        return new Catalog(vault, vault.config().rootPath());
    }

    /**
     * @param state name of the folder of job databases
     * @param words {@code key=value}
     */
    JobRequest request(JobKind job, String state, String... words) {
        Map<String, String> parameters = new HashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            parameters.put(word.substring(0, equals), word.substring(equals + 1));
        }
        boolean restores = job == JobKind.RESTORE;
        FakeMilvus milvus = restores ? target : source;
        MigratorConfig config = new MigratorConfig(
                milvus.config(),
                storage(restores ? "b" : "a"),
                vaultStorage(),
                new BackupConfig(4, 2, 4, 2, 4, false, false, milvus.management(), 256, ""),
                new LogConfig("error", false, "", 1, 1, 1));
        return new JobRequest(job, parameters, config, workDir.resolve("states").resolve(state));
    }

    /** An empty collection of the target, as a user makes one to restore into. */
    void prepare(String name) {
        target.filling().collection("default", TypedSchemas.small(name));
    }

    RowDigest sourceRows(String name) {
        return rows(source, name);
    }

    RowDigest targetRows(String name) {
        return rows(target, name);
    }

    private static RowDigest rows(FakeMilvus server, String name) {
        return new StoredRows(server.model()).digest(collection(server, name));
    }

    private static CollectionModel collection(FakeMilvus server, String name) {
        return server.model().requireDatabase("default").find(name).orElseThrow();
    }

    /** Takes a collection of the target away, where it is there, and what the double remembers of calls. */
    void drop(String name) {
        target.model().requireDatabase("default").find(name).ifPresent(target.model()::drop);
        target.log().clear();
        source.log().clear();
    }

    @Override
    public void close() {
        source.close();
        target.close();
        vault.close();
        lateCall.close();
    }
}
