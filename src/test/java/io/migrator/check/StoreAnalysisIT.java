package io.migrator.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.check.CheckFinding.Level;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.lab.AzuriteServer;
import io.migrator.lab.FakeGcsServer;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.LyingS3;
import io.migrator.lab.LyingS3.Lie;
import io.migrator.lab.MinioServer;
import io.migrator.lab.S3Lab;
import io.migrator.lab.S3ProxyServer;
import io.migrator.lab.StoreLab;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import io.migrator.transfer.Transfer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The analysis of a store, on servers that keep S3's promises and on one that breaks them. */
class StoreAnalysisIT {
    private static final List<String> SUBJECTS = List.of(
            "read after write",
            "overwrite",
            "whole objects",
            "parts",
            "list after write",
            "list order",
            "list after delete",
            "copy in the vault",
            "copy of a replaced object",
            "copy from milvus bucket",
            "one writer creates",
            "one writer replaces",
            "scratch");

    /** Fewer than a page where time is all that more would cost. */
    private static final int FEW = 40;

    @TempDir
    private Path dir;

    @Test
    void findsMinioSound() {
        Assumptions.assumeTrue(MinioServer.available(), MinioServer::unavailableBecause);
        sound(S3Lab.lease(dir), StoreAnalysis.MORE_THAN_A_PAGE);
    }

    @Test
    void findsS3ProxySound() {
        Assumptions.assumeTrue(S3ProxyServer.available(), S3ProxyServer::unavailableBecause);
        // It looks at an object, then replaces it, so that now and then two of four win a race.
        sound(S3ProxyServer.start(dir), FEW, "one writer replaces");
    }

    @Test
    void findsAzuriteSound() {
        Assumptions.assumeTrue(AzuriteServer.available(), AzuriteServer::unavailableBecause);
        sound(AzuriteServer.start(dir), FEW);
    }

    @Test
    void findsFakeGcsSound() {
        Assumptions.assumeTrue(FakeGcsServer.available(), FakeGcsServer::unavailableBecause);
        sound(FakeGcsServer.start(dir), FEW);
    }

    @Test
    void findsAFolderSound() {
        sound(new LocalFolders(dir), FEW);
    }

    private static void sound(StoreLab lab, int objects, String... unlessWeak) {
        try (lab) {
            lab.createBucket("of-milvus");
            lab.createBucket("of-vault");
            try (ObjectStore milvus = Stores.open(lab.storage(Side.MILVUS, "of-milvus", "files"));
                    ObjectStore vault = Stores.open(lab.storage(Side.VAULT, "of-vault", "backup"))) {
                String root = milvus.config().rootPath().isEmpty() ? "" : "files/";
                milvus.write(root + "insert_log/1/2/3/100/7", "rows".getBytes(UTF_8));
                List<CheckFinding> findings = analyse(milvus, vault, objects);
                assertThat(findings)
                        .filteredOn(finding -> !List.of(unlessWeak).contains(finding.subject()))
                        .allSatisfy(finding ->
                                assertThat(finding.level()).as("%s", finding).isEqualTo(Level.OK));
                assertThat(findings).extracting(CheckFinding::subject).containsExactlyElementsOf(SUBJECTS);
                assertThat(vault.list("")).isEmpty();
                assertThat(milvus.list("")).hasSize(1);
            }
        }
    }

    private static List<CheckFinding> analyse(ObjectStore milvus, ObjectStore vault, int objects) {
        Findings findings = new Findings();
        new StoreAnalysis(vault, milvus, new BackupCopies(Transfer.AUTO, 16), findings).run(objects);
        return findings.all();
    }

    /** What is found of copies from Milvus' bucket, of which the files are there. */
    private static CheckFinding copiesFrom(ObjectStore milvus, ObjectStore vault, Transfer transfer) {
        milvus.write("files/insert_log/1/2/3/100/7", "rows".getBytes(UTF_8));
        Scratch scratch = new Scratch(vault);
        Findings findings = new Findings();
        try {
            new CopyLooks(scratch).fromMilvus(milvus, new BackupCopies(transfer, 16), findings);
        } finally {
            scratch.empty();
        }
        return of("copy from milvus bucket", findings.all());
    }

    @Test
    void saysOfCopiesFromMilvusWhatABackupWillDo() throws IOException {
        try (S3Lab one = S3Lab.lease(dir);
                S3Lab other = S3Lab.lease(Files.createDirectories(dir.resolve("other")))) {
            one.createBucket("of-milvus");
            one.createBucket("of-vault");
            other.createBucket("of-vault");
            StorageConfig near = one.storage(Side.VAULT, "of-vault", "backup");
            try (ObjectStore milvus = Stores.open(one.storage(Side.MILVUS, "of-milvus", "files"));
                    ObjectStore vault = Stores.open(near);
                    ObjectStore byAnotherName = Stores.open(byName(near, "localhost"));
                    ObjectStore elsewhere = Stores.open(other.storage(Side.VAULT, "of-vault", "backup"))) {
                String inside = "objects are copied inside the server: it did so with the first one";
                assertThat(copiesFrom(milvus, vault, Transfer.AUTO)).isEqualTo(ok(inside));
                assertThat(copiesFrom(milvus, byAnotherName, Transfer.AUTO)).isEqualTo(ok(inside));
                assertThat(copiesFrom(milvus, vault, Transfer.STREAM).told())
                        .startsWith("objects go through this process, up to 16 at once")
                        .endsWith("transfer=stream");
                CheckFinding far = copiesFrom(milvus, elsewhere, Transfer.AUTO);
                assertThat(far.level()).isEqualTo(Level.OK);
                assertThat(far.told()).startsWith("objects go through this process, up to 16 at once");
                assertThat(elsewhere.list("")).isEmpty();
            }
        }
    }

    private static CheckFinding ok(String told) {
        return CheckFinding.ok("copy from milvus bucket", told);
    }

    private static StorageConfig byName(StorageConfig config, String address) {
        return new StorageConfig(
                config.side(),
                config.type(),
                address,
                config.port(),
                config.region(),
                config.accessKeyId(),
                config.secretAccessKey(),
                config.token(),
                config.gcpCredentialJson(),
                config.useSsl(),
                config.useIam(),
                config.iamEndpoint(),
                config.bucketName(),
                config.rootPath(),
                config.multipartCopyThresholdMiB());
    }

    private static List<CheckFinding> analyse(LyingS3 server) {
        StorageConfig milvus = server.storage(Side.MILVUS, "bucket", "files");
        StorageConfig vault = server.storage(Side.VAULT, "bucket", "backup");
        try (ObjectStore bucket = Stores.open(milvus);
                ObjectStore store = Stores.open(vault)) {
            return analyse(bucket, store, FEW);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LOSES_OVERWRITES, overwrite, CORRUPT, version 2 of an object",
        "MIXES_VERSIONS, whole objects, CORRUPT, a mixture of two versions",
        "LISTS_LATE, list after write, UNSUPPORTED, 5 of 51 objects were not listed",
        "LISTS_IN_NO_ORDER, list order, UNSUPPORTED, in the order",
        "KEEPS_DELETED, list after delete, UNSUPPORTED, 25 of 25 objects were still listed",
        "COPIES_ANY_VERSION, copy of a replaced object, CORRUPT, was copied all the same",
        "IGNORES_CONDITIONS, one writer creates, UNSUPPORTED, only one machine at a time"
    })
    void namesThePromiseThatIsBroken(Lie lie, String subject, Failure failure, String told) {
        try (LyingS3 server = new LyingS3(Set.of(lie))) {
            List<CheckFinding> findings = analyse(server);
            CheckFinding found = of(subject, findings);
            assertThat(found.failure()).isEqualTo(failure);
            assertThat(found.told()).contains(told);
            assertThat(findings)
                    .filteredOn(finding -> finding.level() == Level.OK)
                    .as("others are kept: %s", findings)
                    .hasSizeGreaterThanOrEqualTo(6);
            if (lie == Lie.KEEPS_DELETED) {
                assertThat(of("scratch", findings).told()).contains("are still listed under backup/.migrator-check-");
            } else {
                assertThat(server.keys()).isEmpty();
            }
        }
    }

    @Test
    void warnsWhereNoObjectCanBeReplacedUnderACondition() {
        try (LyingS3 server = new LyingS3(Set.of(Lie.IGNORES_CONDITIONS))) {
            CheckFinding found = of("one writer replaces", analyse(server));
            assertThat(found.level()).isEqualTo(Level.WARN);
            assertThat(found.told()).contains("only one machine at a time");
        }
    }

    @Test
    void tellsWhatAKilledCheckLeftAndThatAServerHasNoParts() {
        try (LyingS3 server = new LyingS3(Set.of());
                ObjectStore vault = Stores.open(server.storage(Side.VAULT, "bucket", "backup"))) {
            String left = "backup/" + Scratch.START + "of-a-killed-check/read/1";
            vault.write(left, new byte[1]);
            List<CheckFinding> findings = analyse(server);
            assertThat(of("scratch", findings).level()).isEqualTo(Level.WARN);
            assertThat(of("scratch", findings).told()).contains("1 object of another check");
            assertThat(of("parts", findings).failure()).isEqualTo(Failure.UNSUPPORTED);
            assertThat(server.keys()).containsExactly(left);
        }
    }

    private static CheckFinding of(String subject, List<CheckFinding> findings) {
        return findings.stream()
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }
}
