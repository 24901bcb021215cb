package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.catalog.Catalog;
import io.migrator.config.StorageConfig;
import io.migrator.fake.data.RowDigest;
import io.migrator.fake.data.ServerRows;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.lab.Fill;
import io.migrator.lab.LabCache;
import io.migrator.lab.LabClient;
import io.migrator.lab.MilvusServer;
import io.migrator.lab.Rows;
import io.migrator.lab.S3Lab;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.ListImportTasksRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What a migration needs, started once for all tests: one S3 server and two Milvus with a bucket each. A asks for a
 * password and does not compact; B reads the bucket of the vault. Collections of A are filled when first asked for.
 */
public final class MigrationLab implements AutoCloseable {
    public static final String PASSWORD = "Milvus";

    private final Path folder;
    private final S3Lab store;
    private final MilvusServer a;
    private final MilvusServer b;
    private final LabClient clientA;
    private final LabClient clientB;
    private final Map<String, Rows.Digest> filled = new HashMap<>();
    private final Map<String, Outcome> backups = new HashMap<>();
    private final AtomicInteger desks = new AtomicInteger();

    private MigrationLab(Path folder, S3Lab store, MilvusServer a, MilvusServer b) {
        this.folder = folder;
        this.store = store;
        this.a = a;
        this.b = b;
        this.clientA = LabClient.to(a, "root", PASSWORD);
        this.clientB = LabClient.to(b);
    }

    public static MigrationLab start() {
        S3Lab store = null;
        MilvusServer a = null;
        MilvusServer b = null;
        try {
            Path folder = Files.createTempDirectory("migrator-process");
            store = S3Lab.lease(Files.createDirectories(folder.resolve("s3")));
            for (String bucket : List.of("bucket-a", "bucket-b", "vault-c")) {
                store.createBucket(bucket);
            }
            Map<String, String> settings =
                    Map.of("dataCoord.enableCompaction", "false", "common.security.authorizationEnabled", "true");
            a = MilvusServer.start(folder.resolve("a"), store, "bucket-a", "files", settings);
            b = MilvusServer.start(folder.resolve("b"), store, "bucket-b");
            return new MigrationLab(folder, store, a, b);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (b == null && store != null) {
                store.close();
                if (a != null) {
                    a.close();
                }
            }
        }
    }

    public S3Lab store() {
        return store;
    }

    public Bucket bucket(String name) {
        return new Bucket(store, name);
    }

    public MilvusServer a() {
        return a;
    }

    public MilvusServer b() {
        return b;
    }

    public LabClient clientA() {
        return clientA;
    }

    public LabClient clientB() {
        return clientB;
    }

    /** Those of Milvus A that stay for all classes, loaded. */
    Set<String> collections() {
        return filled.keySet();
    }

    /** Drops what a class has left in both Milvus, but for the collections below. */
    void dropLeft() {
        new LeftCollections(clientA).drop(collections());
        new LeftCollections(clientB).drop(Set.of());
    }

    /** 6,000 rows in two partitions, some deleted, dynamic field, HNSW; alias {@code coll_alias}. */
    public Rows.Digest coll() {
        return filled("coll", name -> {
            new Fill(clientA).coll(name, 6000, 16);
            new Fill(clientA).alias(name, "coll_alias");
        });
    }

    /** {@link WideCollection} under the name {@code wide}. */
    Rows.Digest wide() {
        return filled("wide", name -> WideCollection.fill(clientA, name));
    }

    /** Four partitions, so four imports on Milvus 2.3, each of two small segments. */
    Rows.Digest parts() {
        return filled("parts", name -> WideCollection.fill(clientA, name, 3, 4, 2));
    }

    public Rows.Digest allTypes() {
        return filled("all_types", name -> new Fill(clientA).allTypes(name, "types_alias"));
    }

    public Rows.Digest pk() {
        return filled("pk", new Fill(clientA)::pk);
    }

    private Rows.Digest filled(String collection, Consumer<String> fill) {
        return filled.computeIfAbsent(collection, name -> {
            fill.accept(name);
            return loadedDigest(clientA, name);
        });
    }

    /** Name of a backup of the collection {@code pk} in the usual vault, made once; not to be changed. */
    String backupOfPk() {
        backups.computeIfAbsent("pk", name -> {
            pk();
            Outcome outcome = deskA().runHere("--job=backup", "collection=pk", "name=of_pk");
            assertThat(outcome).returns(0, Outcome::exitCode);
            return outcome;
        });
        return "of_pk";
    }

    /** The same files under another name in any vault, as a copy by hand would be. */
    void copyBackupOfPk(String vault, String name) {
        String from = "backup/" + backupOfPk() + "/";
        for (String key : vault().keys(from)) {
            bucket(vault).put("backup/" + name + "/" + key.substring(from.length()), vault().read(key));
        }
    }

    /** Rows of a collection that Milvus B has, loading it first. */
    public Rows.Digest restored(String collection) {
        return loadedDigest(clientB, collection);
    }

    /** Rows by the files of Milvus A, with the deletes of each segment. */
    public RowDigest filesOfA(String collection) {
        return files(clientA, "bucket-a", collection);
    }

    /** The same of Milvus B: rows that came in twice count twice, which a query hides. */
    public RowDigest filesOfB(String collection) {
        return files(clientB, "bucket-b", collection);
    }

    /** The same of any Milvus of the lab's store. */
    RowDigest files(LabClient client, String bucket, String collection) {
        try (ObjectStore files = Stores.open(store.storage(StorageConfig.Side.MILVUS, bucket, "files"))) {
            return new ServerRows(client, files).digest(collection);
        }
    }

    public Bucket vault() {
        return bucket("bucket-b");
    }

    /** Fails unless the backup in the usual vault is complete and every file of it as its manifest says. */
    void requireWhole(String backup) {
        try (ObjectStore vault = Stores.open(store.storage(StorageConfig.Side.VAULT, "bucket-b", "backup"))) {
            Catalog catalog = new Catalog(vault, "backup");
            BackupInfo read = catalog.read(backup);
            List<Long> ids = read.collections().stream()
                    .map(CollectionInfo::collectionId)
                    .toList();
            assertThat(catalog.checkFiles(backup, read, ids).findings()).isEmpty();
        }
    }

    private static Rows.Digest loadedDigest(LabClient client, String collection) {
        new Fill(client).load(collection);
        return new Rows(client).digest(collection);
    }

    DescribeCollectionResponse describeB(String collection) {
        DescribeCollectionResponse answer = clientB.stub()
                .describeCollection(DescribeCollectionRequest.newBuilder()
                        .setCollectionName(collection)
                        .build());
        LabClient.require(answer.getStatus());
        return answer;
    }

    /** Import tasks that Milvus B remembers for the collection; none where there is no such collection. */
    public List<GetImportStateResponse> importTasks(String collection) {
        return clientB.stub()
                .listImportTasks(ListImportTasksRequest.newBuilder()
                        .setCollectionName(collection)
                        .build())
                .getTasksList();
    }

    /** A desk whose configuration backs up Milvus A into the vault in Milvus B's bucket. */
    public Desk deskA(String... more) {
        return desk(settings(a, "bucket-a", "root"), more);
    }

    /** A desk whose configuration restores into Milvus B out of the vault in its bucket. */
    public Desk deskB(String... more) {
        return desk(settings(b, "bucket-b", ""), more);
    }

    /** A desk for any server, with a vault in a bucket of the lab. */
    Desk deskOf(MatrixServer server, String vaultBucket) {
        Map<String, String> settings = settings(a, "bucket-a", "root");
        settings.putAll(server.settings());
        settings.put("minio.backupStorageType", "minio");
        settings.put("minio.backupAddress", store.host());
        settings.put("minio.backupPort", String.valueOf(store.port()));
        settings.put("minio.backupAccessKeyID", store.accessKey());
        settings.put("minio.backupSecretAccessKey", store.secretKey());
        settings.put("minio.backupBucketName", vaultBucket);
        return desk(settings);
    }

    /** @param more key, value, key, value, ... in place of or beside the usual ones */
    private Desk desk(Map<String, String> settings, String... more) {
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return Desk.at(folder.resolve("desk-" + desks.incrementAndGet()), settings);
    }

    private Map<String, String> settings(MilvusServer milvus, String bucket, String user) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("milvus.address", milvus.address());
        settings.put("milvus.port", String.valueOf(milvus.port()));
        settings.put("milvus.user", user);
        settings.put("milvus.password", user.isEmpty() ? "" : PASSWORD);
        settings.put("minio.address", store.host());
        settings.put("minio.port", String.valueOf(store.port()));
        settings.put("minio.accessKeyID", store.accessKey());
        settings.put("minio.secretAccessKey", store.secretKey());
        settings.put("minio.bucketName", bucket);
        settings.put("minio.rootPath", "files");
        settings.put("minio.backupBucketName", "bucket-b");
        settings.put("minio.backupRootPath", "backup");
        settings.put("backup.gcPause.address", milvus.management());
        return settings;
    }

    @Override
    public void close() throws IOException {
        clientA.close();
        clientB.close();
        a.close();
        b.close();
        store.close();
        LabCache.deleteTree(folder);
    }
}
