package io.migrator.restore;

import io.migrator.catalog.Catalog;
import io.migrator.config.BackupConfig;
import io.migrator.config.LogConfig;
import io.migrator.config.MigratorConfig;
import io.migrator.config.MilvusConfig;
import io.migrator.config.RepositoryConfig;
import io.migrator.config.SealConfig;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig.Side;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.fake.data.Deletion;
import io.migrator.fake.data.DeltaForm;
import io.migrator.fake.data.RowDigest;
import io.migrator.fake.data.SegmentRows;
import io.migrator.fake.data.SegmentWriter;
import io.migrator.fake.data.StoredRows;
import io.migrator.fake.data.TypedSchemas;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.imports.Imports;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.IndexModel;
import io.migrator.fake.model.Pairs;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.FolderCopy;
import io.migrator.lab.HiddenFile;
import io.migrator.lab.JobState;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.Notes;
import io.migrator.launch.Launcher;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.Termination;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Two doubles of Milvus and vaults in folders, all in this JVM: a job is run, the world is changed, and the job is run
 * again. {@link #restoreKept} holds it against the promise of {@link World}. What a run is called by, and where its state
 * lies, is changed by {@code address}, {@code vault} and {@code state}.
 */
public final class RepeatGround implements AutoCloseable {
    /** Rows of each collection that {@link #fill} makes. */
    public static final long ROWS = 60;

    private final LocalFolders folders;
    private final FakeMilvus source;
    private final FakeMilvus target;
    private Notes notes = new Notes();
    private String address = "127.0.0.1";
    private String vault = "vault";
    private String state = "state";
    private String sealKey = "";
    private RepositoryConfig repository = RepositoryConfig.NONE;
    private int tuned;

    private RepeatGround(Path folder, String from, String into) {
        folders = new LocalFolders(folder);
        List.of("a", "b", "vault").forEach(folders::createBucket);
        source = FakeMilvus.start(new FakeSettings(from, folders.storage(Side.MILVUS, "a", "")));
        target = FakeMilvus.start(new FakeSettings(into, folders.storage(Side.MILVUS, "b", ""))
                .imports(model -> new Imports(model, ImportSettings.FAST)));
    }

    /** @param folder empty, of this ground alone */
    public static RepeatGround in(Path folder) {
        return in(folder, "2.5.10", "2.6.11");
    }

    /** With these releases of Milvus. */
    public static RepeatGround in(Path folder, String from, String into) {
        return new RepeatGround(folder, from, into);
    }

    public FakeMilvus source() {
        return source;
    }

    public FakeMilvus target() {
        return target;
    }

    /** Calls the target's host by another name from now on. */
    public RepeatGround address(String other) {
        address = other;
        return this;
    }

    /** Uses another folder as vault from now on; a new one is a copy of the present one. */
    public RepeatGround vault(String other) {
        if (!Files.exists(folder(other))) {
            FolderCopy.of(folder(vault), folder(other));
        }
        vault = other;
        return this;
    }

    /** Gives every number of the section {@code backup:} this value from now on. */
    public RepeatGround tuned(int all) {
        tuned = all;
        return this;
    }

    /** Sets {@code seal.key} from now on; empty for none. */
    public RepeatGround sealKey(String key) {
        sealKey = key;
        return this;
    }

    /** The vault that is used now. */
    public Path vaultFolder() {
        return folder(vault);
    }

    /** Keeps the state in another folder from now on, as another machine does. */
    public RepeatGround state(String other) {
        state = other;
        return this;
    }

    /** Keeps what runs know in this PostgreSQL from now on. */
    public RepeatGround keepingIn(RepositoryConfig postgres) {
        repository = postgres;
        return this;
    }

    /** Takes the state along to another folder, as a user does with a volume. */
    public RepeatGround moveState(String other) {
        JobState.move(folder(state), folder(other));
        return state(other);
    }

    public RepeatGround loseState() {
        JobState.lose(folder(state));
        return this;
    }

    public Path stateFolder() {
        return folder(state);
    }

    private Path folder(String name) {
        return folders.parent().resolve(name);
    }

    /** A collection of the source with {@link #ROWS} rows of keys that begin there, in two partitions. */
    public CollectionModel fill(String name, long firstKey) {
        CollectionModel collection = source.filling().collection("default", TypedSchemas.small(name));
        SegmentWriter writer = new SegmentWriter(collection.schema());
        source.filling()
                .segment(collection, "_default", Kind.PLAIN, writer.rows(SegmentRows.of(40, (int) firstKey, 7)));
        source.filling().segment(collection, "p1", Kind.PLAIN, writer.rows(SegmentRows.of(20, (int) firstKey + 40, 7)));
        return collection;
    }

    /** An empty collection of the target that fits those of {@link #fill}. */
    public CollectionModel empty(String name) {
        return target.filling().collection("default", TypedSchemas.small(name));
    }

    /** A user's rows in a collection of the target. */
    public void addRows(String name, int count) {
        CollectionModel collection = targetCollection(name);
        SegmentWriter writer = new SegmentWriter(collection.schema());
        target.filling().segment(collection, "_default", Kind.PLAIN, writer.rows(SegmentRows.of(count, 5000, 3)));
    }

    /** Rows of {@link #fill} by their keys, as a client deletes them: Milvus' statistics go on counting them. */
    public void deleteRows(String name, int count) {
        CollectionModel collection = targetCollection(name);
        SegmentWriter writer = new SegmentWriter(collection.schema());
        List<Deletion> deletions = IntStream.range(0, count)
                .mapToObj(row -> writer.deletion(row, SegmentRows.SOME_TIME + 1_000_000_000))
                .toList();
        target.filling().segment(collection, "_default", Kind.DELETES, writer.deletes(deletions, DeltaForm.JSON));
    }

    public void drop(String name) {
        target.model().drop(targetCollection(name));
    }

    public CollectionModel targetCollection(String name) {
        return target.model().requireDatabase("default").find(name).orElseThrow();
    }

    public RowDigest sourceRows(String name) {
        return new StoredRows(source.model())
                .digest(source.model().requireDatabase("default").find(name).orElseThrow());
    }

    public RowDigest targetRows(String name) {
        return new StoredRows(target.model()).digest(targetCollection(name));
    }

    /** An index of the field that {@link #fill} makes vectors in. */
    public IndexModel index(String type) {
        long id = source.model().ids().next();
        return new IndexModel(id, "v_idx", "v", Pairs.of("index_type", type, "metric_type", "L2"));
    }

    /** Hides a file of the collection from the source, so that a backup must leave the collection out; run to bring it back. */
    public Runnable hideFile(CollectionModel collection) {
        Path logs = folder("a").resolve("insert_log").resolve(String.valueOf(collection.id()));
        return HiddenFile.firstOf(logs, folders.parent().resolve("aside-" + collection.id()));
    }

    public void deleteBackup(String name) {
        try (ObjectStore store = Stores.open(folders.storage(Side.VAULT, vault, ""))) {
            new Catalog(store, "").delete(name);
        }
    }

    public RunOutcome backUp(String... parameters) {
        return run(JobKind.BACKUP, source, "a", false, parameters);
    }

    public RunOutcome restore(String... parameters) {
        return run(JobKind.RESTORE, target, "b", false, parameters);
    }

    public RunOutcome previewOfBackup(String... parameters) {
        return run(JobKind.BACKUP, source, "a", true, parameters);
    }

    public RunOutcome verify(String... parameters) {
        return run(JobKind.VERIFY, target, "b", false, parameters);
    }

    public RunOutcome preview(String... parameters) {
        return run(JobKind.RESTORE, target, "b", true, parameters);
    }

    /**
     * Restores and holds that against the promise.
     *
     * @param wanted rows of each collection of the database default that the restore is of, where it ends with 0
     */
    public RunOutcome restoreKept(Map<String, RowDigest> wanted, String... parameters) {
        World before = World.of(target.model());
        RunOutcome outcome = restore(parameters);
        Map<String, RowDigest> qualified = new HashMap<>();
        wanted.forEach((name, rows) -> qualified.put("default." + name, rows));
        before.requireKept(outcome.exitCode(), outcome.message(), World.of(target.model()), qualified);
        return outcome;
    }

    /** What the last run said while it worked. */
    public List<String> notes() {
        return List.copyOf(notes.lines());
    }

    /** What {@link #restore} runs. */
    public JobRequest toRestore(String... parameters) {
        return request(JobKind.RESTORE, target, "b", false, parameters);
    }

    private RunOutcome run(JobKind job, FakeMilvus milvus, String bucket, boolean preview, String... parameters) {
        notes = new Notes();
        return new Launcher(request(job, milvus, bucket, preview, parameters), notes, new Termination()).run();
    }

    private JobRequest request(JobKind job, FakeMilvus milvus, String bucket, boolean preview, String... parameters) {
        Map<String, String> values = new HashMap<>();
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            values.put(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
        if (job == JobKind.BACKUP) {
            values.putIfAbsent("gc-pause", "off");
        }
        MilvusConfig there = milvus.config();
        MigratorConfig config = new MigratorConfig(
                MilvusConfig.plain(address, there.port(), there.user(), there.password()),
                folders.storage(Side.MILVUS, bucket, ""),
                folders.storage(Side.VAULT, vault, ""),
                tuned > 0
                        ? new BackupConfig(
                                tuned, tuned, tuned, tuned, tuned, false, false, milvus.management(), tuned, "")
                        : new BackupConfig(8, 2, 4, 2, 16, false, false, milvus.management(), 256, ""),
                new LogConfig("error", false, "", 1, 1, 1),
                new SealConfig(new Secret(sealKey), ""));
        MigratorConfig kept = JobState.in(stateFolder(), JobState.at(repository, config));
        return new JobRequest(job, values, kept, stateFolder(), preview);
    }

    @Override
    public void close() {
        source.close();
        target.close();
    }
}
