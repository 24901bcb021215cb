package io.migrator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.lab.AzuriteServer;
import io.migrator.lab.DamagingProxy;
import io.migrator.lab.FakeGcsServer;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.S3Lab;
import io.migrator.lab.StoreLab;
import io.migrator.store.connect.Stores;
import io.migrator.transfer.CopyEngine;
import io.migrator.transfer.CopyRequest;
import io.migrator.transfer.CopyResult;
import io.migrator.transfer.CopyResult.Outcome;
import io.migrator.transfer.Transfer;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What passes through this process is proved by its MD5, whatever stores it goes between; what is damaged on the way is not kept. */
final class StreamedChecksumsIT {
    private static final int ALWAYS = Integer.MAX_VALUE;

    /** In one request, and in several. */
    private static final List<byte[]> CONTENTS = List.of(marked(200), marked(300_000), new byte[0]);

    @TempDir
    private static Path dir;

    private static S3Lab s3;
    private static StoreLab local;

    @BeforeAll
    static void start() {
        s3 = S3Lab.lease(dir);
        local = new LocalFolders(dir);
    }

    @AfterAll
    static void stop() {
        if (s3 != null) {
            s3.close();
        }
    }

    private static byte[] marked(int times) {
        return DamagingProxy.MARK.repeat(times).getBytes(UTF_8);
    }

    private static Checksum md5(byte[] content) {
        return ContentDigest.of(content, Checksum.MD5);
    }

    private static ObjectStore open(StoreLab lab, Side side, String bucket) {
        lab.createBucket(bucket);
        return Stores.open(lab.storage(side, bucket, ""));
    }

    private static ObjectStore through(DamagingProxy proxy, ObjectStore store) {
        return Stores.open(Configs.withPort(store.config(), proxy.port()));
    }

    private static List<CopyResult> copy(ObjectStore source, ObjectStore target, StoredObject object) {
        return CopyEngine.between(source, target, Transfer.STREAM, 4)
                .copy(List.of(new CopyRequest(object, "copy/" + object.key())), () -> false);
    }

    /** The bytes are right at the target, and what is told of them is their MD5 or SHA-256. */
    private static void copies(ObjectStore source, ObjectStore target, StoredObject object, byte[] content) {
        List<CopyResult> results = copy(source, target, object);
        assertThat(results).extracting(CopyResult::outcome).containsExactly(Outcome.COPIED);
        assertThat(results.get(0).target())
                .isNotNull()
                .satisfies(written ->
                        assertThat(written.checksum()).isIn(md5(content), ContentDigest.of(content, Checksum.SHA256)))
                .returns((long) content.length, StoredObject::size);
        assertThat(target.read("copy/" + object.key(), content.length + 1)).isEqualTo(content);
        assertThat(target.find("copy/" + object.key())).hasValueSatisfying(found -> assertThat(
                        found.checksum() != null && found.checksum().contradicts(md5(content)))
                .isFalse());
    }

    private static void proves(StoreLab from, StoreLab to, String bucket) {
        try (ObjectStore source = open(from, Side.MILVUS, bucket + "-a");
                ObjectStore target = open(to, Side.VAULT, bucket + "-b")) {
            for (byte[] content : CONTENTS) {
                StoredObject object = source.write("object-" + content.length, content);
                copies(source, target, object, content);
                copies(source, target, source.find(object.key()).orElseThrow(), content);
                source.write(object.key(), new ByteArrayInputStream(content), content.length);
                copies(source, target, source.list(object.key()).findFirst().orElseThrow(), content);
            }
        }
    }

    private static void healsAndRefuses(StoreLab from, StoreLab to, boolean damagedAtSource, String bucket) {
        healsAndRefuses(from, to, damagedAtSource, bucket, CONTENTS.get(0));
    }

    private static void healsAndRefuses(
            StoreLab from, StoreLab to, boolean damagedAtSource, String bucket, byte[] content) {
        try (ObjectStore source = open(from, Side.MILVUS, bucket + "-a");
                ObjectStore target = open(to, Side.VAULT, bucket + "-b")) {
            StoredObject object = source.write("object", content);
            int port = (damagedAtSource ? source : target).config().port();
            try (DamagingProxy once = new DamagingProxy(port, 1);
                    ObjectStore way = through(once, damagedAtSource ? source : target)) {
                copies(damagedAtSource ? way : source, damagedAtSource ? target : way, object, content);
                assertThat(once.left()).isZero();
            }
            target.delete(List.of("copy/object"));
            try (DamagingProxy always = new DamagingProxy(port, ALWAYS);
                    ObjectStore way = through(always, damagedAtSource ? source : target)) {
                assertThatThrownBy(() -> copy(damagedAtSource ? way : source, damagedAtSource ? target : way, object))
                        .satisfies(Faults.are(Failure.CORRUPT))
                        .hasMessageContaining(damagedAtSource ? md5(content).toString() : "copy/object");
                assertThat(always.left()).isLessThanOrEqualTo(ALWAYS - 2);
            }
            assertThat(target.find("copy/object")).isEmpty();
        }
    }

    @Test
    void provesCopiesFromS3() {
        proves(s3, s3, "s3-s3");
        proves(s3, local, "s3-local");
        healsAndRefuses(s3, s3, true, "s3-s3-damaged");
        healsAndRefuses(s3, s3, false, "s3-s3-written");
        healsAndRefuses(s3, s3, false, "s3-s3-part", CONTENTS.get(1));
        healsAndRefuses(s3, local, true, "s3-local-damaged");
    }

    @Test
    void provesCopiesFromFolders() {
        proves(local, s3, "local-s3");
        proves(local, local, "local-local");
        healsAndRefuses(local, s3, false, "local-s3-written");
    }

    @Test
    void provesCopiesToAndFromAzure() {
        Assumptions.assumeTrue(AzuriteServer.available(), AzuriteServer::unavailableBecause);
        try (StoreLab azure = AzuriteServer.start(dir)) {
            proves(s3, azure, "s3-azure");
            proves(azure, s3, "azure-s3");
            healsAndRefuses(s3, azure, true, "s3-azure-damaged");
            healsAndRefuses(azure, s3, true, "azure-s3-damaged");
            healsAndRefuses(s3, azure, false, "s3-azure-written");
        }
    }

    @Test
    void provesCopiesToAndFromGoogle() {
        Assumptions.assumeTrue(FakeGcsServer.available(), FakeGcsServer::unavailableBecause);
        try (StoreLab google = FakeGcsServer.start(dir)) {
            proves(s3, google, "s3-google");
            proves(google, s3, "google-s3");
            healsAndRefuses(s3, google, true, "s3-google-damaged");
            healsAndRefuses(google, s3, true, "google-s3-damaged");
        }
    }
}
