package io.migrator.restore;

import io.migrator.config.BackupConfig;
import io.migrator.config.LogConfig;
import io.migrator.config.MigratorConfig;
import io.migrator.config.MilvusConfig;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.fake.data.RowDigest;
import io.migrator.fake.data.StoredRows;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.fake.imports.Imports;
import io.migrator.fake.model.CollectionModel;
import io.migrator.lab.JobState;
import io.migrator.lab.StoreLab;
import io.migrator.launch.Launcher;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.Termination;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.report.Progress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Two doubles of Milvus, of any release each, and a vault: a backup of the one is restored into the other. */
final class FakePair implements AutoCloseable {
    private final StoreLab store;
    private final Path stateDir;
    private final String bucket;
    private final FakeMilvus source;
    private final FakeMilvus target;

    /** @param name tells this pair's buckets and states from those of others */
    FakePair(StoreLab store, Path workDir, String name, String from, String into, ImportSettings imports) {
        this(store, workDir, name, from, into, imports, settings -> settings);
    }

    /** @param more what else both doubles are to be */
    FakePair(
            StoreLab store,
            Path workDir,
            String name,
            String from,
            String into,
            ImportSettings imports,
            UnaryOperator<FakeSettings> more) {
        this.store = store;
        this.stateDir = workDir.resolve("state-" + name);
        this.bucket = name;
        store.createBucket(name + "-a");
        store.createBucket(name + "-b");
        source = FakeMilvus.start(more.apply(new FakeSettings(from, store.storage(Side.MILVUS, name + "-a", "files"))));
        target = FakeMilvus.start(more.apply(new FakeSettings(into, store.storage(Side.MILVUS, name + "-b", "files"))
                .imports(model -> new Imports(model, imports))));
    }

    FakeMilvus source() {
        return source;
    }

    FakeMilvus target() {
        return target;
    }

    /** A backup into the target's own bucket. */
    RunOutcome backUp(String... parameters) {
        return run(JobKind.BACKUP, source, bucket + "-a", bucket + "-b", parameters);
    }

    RunOutcome restore(String... parameters) {
        return run(JobKind.RESTORE, target, bucket + "-b", bucket + "-b", parameters);
    }

    /** A restore that reaches the target by this configuration. */
    RunOutcome restoreBy(MilvusConfig milvus, String... parameters) {
        JobRequest request = request(JobKind.RESTORE, target, bucket + "-b", bucket + "-b", parameters);
        MigratorConfig config = request.config();
        MigratorConfig other =
                new MigratorConfig(milvus, config.milvusStorage(), config.vault(), config.backup(), config.log());
        return new Launcher(
                        new JobRequest(JobKind.RESTORE, request.parameters(), JobState.in(stateDir, other), stateDir),
                        Progress.NONE,
                        new Termination())
                .run();
    }

    /** Folder of the job databases. */
    Path stateDir() {
        return stateDir;
    }

    /** Proves a backup that {@link #backUp} made. */
    RunOutcome verify(String... parameters) {
        return run(JobKind.VERIFY, target, bucket + "-b", bucket + "-b", parameters);
    }

    /** Backs up into a vault that the target does not read, so that files must be staged. */
    RunOutcome backUpElsewhere(String... parameters) {
        return run(JobKind.BACKUP, source, bucket + "-a", bucket + "-a", parameters);
    }

    RunOutcome restoreFromElsewhere(String... parameters) {
        return run(JobKind.RESTORE, target, bucket + "-b", bucket + "-a", parameters);
    }

    /** What a restore would do. */
    RunOutcome preview(String... parameters) {
        JobRequest request = request(JobKind.RESTORE, target, bucket + "-b", bucket + "-b", parameters);
        return new Launcher(request.asPreview(), Progress.NONE, new Termination()).run();
    }

    /** The vault of {@link #backUp}. */
    StorageConfig vault() {
        return store.storage(Side.VAULT, bucket + "-b", "vault");
    }

    private RunOutcome run(JobKind job, FakeMilvus milvus, String milvusBucket, String vault, String... parameters) {
        return new Launcher(request(job, milvus, milvusBucket, vault, parameters), Progress.NONE, new Termination())
                .run();
    }

    private JobRequest request(
            JobKind job, FakeMilvus milvus, String milvusBucket, String vault, String... parameters) {
        Map<String, String> values = new HashMap<>();
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            values.put(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
        if (job == JobKind.BACKUP) {
            values.putIfAbsent("gc-pause", "off");
        }
        MigratorConfig config = new MigratorConfig(
                milvus.config(),
                store.storage(Side.MILVUS, milvusBucket, "files"),
                store.storage(Side.VAULT, vault, "vault"),
                new BackupConfig(8, 2, 4, 2, 16, false, false, milvus.management(), 256, ""),
                new LogConfig("error", false, "", 1, 1, 1));
        return new JobRequest(job, values, JobState.in(stateDir, config), stateDir);
    }

    CollectionModel sourceCollection(String name) {
        return collection(source, "default", name);
    }

    CollectionModel targetCollection(String database, String name) {
        return collection(target, database, name);
    }

    private static CollectionModel collection(FakeMilvus server, String database, String name) {
        return server.model().requireDatabase(database).find(name).orElseThrow();
    }

    RowDigest sourceRows(String name) {
        return new StoredRows(source.model()).digest(sourceCollection(name));
    }

    RowDigest targetRows(String database, String name) {
        return new StoredRows(target.model()).digest(targetCollection(database, name));
    }

    /** Bodies of all calls that create import jobs. */
    List<Object> importCalls() {
        return target.log().of("/v2/vectordb/jobs/import/create").stream()
                .map(entry -> entry.message())
                .toList();
    }

    @Override
    public void close() {
        source.close();
        target.close();
    }
}
