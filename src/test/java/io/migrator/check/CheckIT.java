package io.migrator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.check.CheckFinding.Level;
import io.migrator.config.BackupConfig;
import io.migrator.config.LogConfig;
import io.migrator.config.MigratorConfig;
import io.migrator.config.MilvusConfig;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.SegmentContent;
import io.migrator.fake.model.SegmentWriting.Kind;
import io.migrator.lab.S3Lab;
import io.migrator.lab.Schemas;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import io.migrator.transfer.Transfer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckIT {
    private static S3Lab server;
    private static FakeMilvus milvus;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = S3Lab.lease(folder);
        server.createBucket("of-milvus");
        server.createBucket("of-vault");
        milvus = FakeMilvus.start(new FakeSettings("2.5.10", server.storage(Side.MILVUS, "of-milvus", "files")));
    }

    @AfterAll
    static void stop() {
        if (milvus != null) {
            milvus.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void findsAllWell() {
        fill("well");

        List<CheckFinding> findings = check(config(storage("of-milvus", "files"), vault("backup"), milvus.config()));

        assertThat(findings)
                .allSatisfy(
                        finding -> assertThat(finding.level()).as("%s", finding).isEqualTo(Level.OK));
        assertThat(findings)
                .extracting(CheckFinding::subject)
                .containsExactly(
                        "milvus",
                        "collections",
                        "rest",
                        "management",
                        "milvus bucket",
                        "clock of milvus bucket",
                        "settings of milvus bucket",
                        "vault",
                        "clock of vault",
                        "vault write",
                        "vault read",
                        "vault delete",
                        "settings of vault",
                        "unfinished uploads",
                        "places",
                        "root path");
        assertThat(keys("of-vault")).isEmpty();
        assertThat(keys("of-milvus")).allMatch(key -> key.startsWith("files/insert_log/"));
    }

    @Test
    void triesTheVaultsStoreWhereThatIsAskedFor() {
        List<CheckFinding> findings = new SetupCheck(
                        config(storage("of-milvus", "files"), vault("backup"), milvus.config()),
                        new BackupCopies(Transfer.AUTO, 16))
                .run();

        assertThat(of("one writer creates", findings).level()).isEqualTo(Level.OK);
        assertThat(of("scratch", findings).level()).isEqualTo(Level.OK);
        assertThat(keys("of-vault")).isEmpty();
    }

    @Test
    void saysWhichRootPathWasMeant() {
        fill("meant");

        CheckFinding finding =
                of("root path", check(config(storage("of-milvus", "file"), vault("backup"), milvus.config())));

        assertThat(finding.failure()).isEqualTo(Failure.NOT_FOUND);
        assertThat(finding.told()).contains("They are under of-milvus/files. Set minio.rootPath=files");
    }

    @Test
    void saysThatABucketIsMissingAndLooksAtTheRest() {
        List<CheckFinding> findings =
                check(config(storage("no-such-bucket", "files"), vault("backup"), milvus.config()));

        assertThat(of("milvus bucket", findings).failure()).isEqualTo(Failure.NOT_FOUND);
        assertThat(of("milvus", findings).level()).isEqualTo(Level.OK);
        assertThat(of("vault delete", findings).level()).isEqualTo(Level.OK);
    }

    @Test
    void saysThatVaultAndMilvusAreInEachOthersWay() {
        StorageConfig inside = server.storage(Side.VAULT, "of-milvus", "files/backup");
        StorageConfig same = server.storage(Side.VAULT, "of-milvus", "files");

        assertThat(PlacesLook.of(storage("of-milvus", "files"), inside).level()).isEqualTo(Level.WARN);
        assertThat(PlacesLook.of(storage("of-milvus", "files"), same).failure()).isEqualTo(Failure.USAGE);
    }

    @Test
    void saysThatMilvusDoesNotAnswer() {
        MilvusConfig nobody = MilvusConfig.plain("127.0.0.1", 9, "", Secret.NONE);

        List<CheckFinding> findings = check(config(storage("of-milvus", "files"), vault("backup"), nobody));

        assertThat(of("milvus", findings).failure()).isEqualTo(Failure.UNREACHABLE);
        assertThat(of("milvus", findings).told()).contains("milvus.address and milvus.port");
        assertThat(of("vault", findings).level()).isEqualTo(Level.OK);
    }

    private static List<CheckFinding> check(MigratorConfig config) {
        return new SetupCheck(config, null).run();
    }

    private static CheckFinding of(String subject, List<CheckFinding> findings) {
        return findings.stream()
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private static void fill(String name) {
        CollectionModel collection = milvus.filling().collection("default", Schemas.keyAndVector(name, 4));
        byte[] file = "rows".getBytes(StandardCharsets.US_ASCII);
        milvus.filling()
                .segment(
                        collection,
                        "_default",
                        Kind.PLAIN,
                        place -> new SegmentContent(
                                10,
                                Map.of(0L, List.of(file), 1L, List.of(file), 100L, List.of(file), 101L, List.of(file)),
                                List.of(),
                                Map.of()));
    }

    private static List<String> keys(String bucket) {
        try (ObjectStore store = Stores.open(storage(bucket, ""));
                var objects = store.list("")) {
            return objects.map(object -> object.key()).toList();
        }
    }

    private static StorageConfig storage(String bucket, String rootPath) {
        return server.storage(Side.MILVUS, bucket, rootPath);
    }

    private static StorageConfig vault(String rootPath) {
        return server.storage(Side.VAULT, "of-vault", rootPath);
    }

    private static MigratorConfig config(StorageConfig bucket, StorageConfig vault, MilvusConfig source) {
        return new MigratorConfig(
                source,
                bucket,
                vault,
                new BackupConfig(8, 1, 1, 1, 1, false, true, milvus.management(), 256, ""),
                new LogConfig("info", true, "", 0, 0, 0));
    }
}
