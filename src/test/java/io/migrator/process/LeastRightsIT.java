package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig.Side;
import io.migrator.fake.imports.ImportSettings;
import io.migrator.lab.MinioServer;
import io.migrator.lab.S3Lab;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every word, run to its end by keys that have the rights of docs/policies and no other ones. */
final class LeastRightsIT {
    @TempDir
    private static Path folder;

    private static S3Lab store;
    private static DoubleServer source;
    private static DoubleServer target;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(MinioServer.available(), MinioServer::unavailableBecause);
        store = S3Lab.lease(folder.resolve("s3"));
        source = DoubleServer.start(store, "2.6.12", "bucket-a");
        // The vault lies in the target's bucket, so that nothing has to be staged.
        target = DoubleServer.start(store, "2.6.12", "bucket-b", ImportSettings.FAST);
    }

    @AfterAll
    static void stop() {
        if (store != null) {
            source.close();
            target.close();
            store.close();
        }
    }

    /** A policy, its bucket and its root path. */
    private static String statements(String policy, String bucket, String root) throws IOException {
        String text = Files.readString(Path.of("docs/policies", policy + ".json"))
                .replace("BUCKET", bucket)
                .replace("ROOT", root);
        return text.substring(text.indexOf('[') + 1, text.lastIndexOf(']'));
    }

    private static StsKey key(String... statements) {
        return StsKey.of(store, "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}");
    }

    /**
     * A desk of that Milvus, whose keys have these policies and no more.
     *
     * @param morePolicies of the key for Milvus' bucket
     */
    private static Desk desk(DoubleServer milvus, String vaultBucket, String vaultPolicy, String... morePolicies)
            throws IOException {
        String bucket = milvus.storage().bucketName();
        StsKey ofMilvus =
                key(Stream.concat(Stream.of(statements("source-read-only", bucket, "files")), Stream.of(morePolicies))
                        .toArray(String[]::new));
        StsKey ofVault = key(statements(vaultPolicy, vaultBucket, "backup"));
        Map<String, String> settings = new LinkedHashMap<>(milvus.settings());
        settings.put("minio.address", store.host());
        settings.put("minio.port", String.valueOf(store.port()));
        settings.put("minio.rootPath", "files");
        settings.put("minio.accessKeyID", ofMilvus.accessKey());
        settings.put("minio.secretAccessKey", ofMilvus.secretKey());
        settings.put("minio.token", ofMilvus.token());
        settings.put("minio.backupBucketName", vaultBucket);
        settings.put("minio.backupRootPath", "backup");
        settings.put("minio.backupAccessKeyID", ofVault.accessKey());
        settings.put("minio.backupSecretAccessKey", ofVault.secretKey());
        settings.put("minio.backupToken", ofVault.token());
        return Desk.at(Files.createTempDirectory(folder, "desk"), settings);
    }

    private static void requireEnd(int code, Desk desk, String... words) {
        Outcome outcome = desk.runHere(words);
        assertThat(outcome.exitCode()).as("%s: %s", List.of(words), outcome).isEqualTo(code);
    }

    @Test
    void everyWordGetsAlongWithThem() throws IOException {
        source.fill("whole");
        Desk writer = desk(source, "bucket-b", "vault-writer");
        Desk reader = desk(target, "bucket-b", "vault-reader", statements("vault-reader", "bucket-b", "backup"));
        requireEnd(0, writer, "check");
        requireEnd(0, writer, "create", "-n", "b", "collection=whole");

        requireEnd(0, reader, "list");
        requireEnd(0, reader, "get", "-n", "b");
        requireEnd(0, reader, "verify", "-n", "b");
        requireEnd(0, reader, "verify", "-n", "b", "--mode", "deep");
        requireEnd(0, reader, "restore", "-n", "b");
        assertThat(target.rows("whole")).isEqualTo(source.rows("whole"));
        requireEnd(12, reader, "delete", "-n", "b");
        requireEnd(0, writer, "delete", "-n", "b");
        assertThat(new Bucket(store, "bucket-b").keys("backup/b/")).isEmpty();
    }

    @Test
    void filesAreStagedWhereMilvusDoesNotReadTheVault() throws IOException {
        source.fill("staged");
        store.createBucket("vault");
        requireEnd(0, desk(source, "vault", "vault-writer"), "create", "-n", "s", "collection=staged");

        Desk reader = desk(target, "vault", "vault-reader", statements("target-staging", "bucket-b", ""));
        requireEnd(0, reader, "restore", "-n", "s");

        assertThat(target.rows("staged")).isEqualTo(source.rows("staged"));
        assertThat(new Bucket(store, "bucket-b").keys("migrator-staging/")).isEmpty();
    }

    @Test
    void backupsAreAddedByAKeyThatDeletesNone() throws IOException {
        source.fill("added");
        Desk appender = desk(source, "bucket-b", "vault-append-only");

        requireEnd(0, appender, "check");
        requireEnd(0, appender, "create", "-n", "added", "collection=added");
        requireEnd(0, appender, "verify", "-n", "added", "--mode", "deep");
        requireEnd(12, appender, "delete", "-n", "added");
        requireEnd(0, appender, "verify", "-n", "added", "--mode", "deep");
    }

    /** Where else they might lie is not to be seen by these keys, which changes nothing. */
    @Test
    void filesThatAreGoneAreMissingAndNotForbidden() throws IOException {
        source.fill("a_gone");
        source.fill("b_there");
        try (ObjectStore bucket = Stores.open(store.storage(Side.MILVUS, "bucket-a", ""))) {
            String files = "files/insert_log/" + source.collection("a_gone").id() + "/";
            List<String> keys;
            try (Stream<StoredObject> objects = bucket.list(files)) {
                keys = objects.map(StoredObject::key).toList();
            }
            bucket.delete(keys);
        }
        Desk writer = desk(source, "bucket-b", "vault-writer");

        requireEnd(0, writer, "check");
        requireEnd(10, writer, "create", "-n", "one", "collection=a_gone");
        requireEnd(3, writer, "create", "-n", "both", "collection=a_gone,b_there", "on-error=continue");
        requireEnd(0, writer, "create", "-n", "other", "collection=b_there");
    }
}
