package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.Rows;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import io.milvus.grpc.CollectionSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two S3 servers, each with keys that the other does not know: every object goes through migrator. */
@ExtendWith(LabExtension.class)
final class TwoServersIT {
    private static final int CHUNK = 50;
    private static final int WORKERS = 2;

    @TempDir
    private static Path dir;

    private static SecondServer second;

    private final MigrationLab lab;

    TwoServersIT(MigrationLab lab) {
        this.lab = lab;
    }

    @BeforeAll
    static void start() throws IOException {
        second = SecondServer.start(dir);
    }

    @AfterAll
    static void stop() {
        if (second != null) {
            second.close();
        }
    }

    @Test
    void neitherServerTakesTheKeysOfTheOther() {
        StorageConfig first = lab.store().storage(Side.MILVUS, "bucket-a", "");
        requireDenied(withKeysOf(second.storage(Side.VAULT), first), "minio.backupAccessKeyID");
        requireDenied(withKeysOf(first, second.storage(Side.VAULT)), "minio.accessKeyID");
    }

    @Test
    void namesTheKeysThatTheVaultDoesNotTake() {
        lab.pk();
        String[] withoutKeys = Stream.of(second.asVault()).limit(4).toArray(String[]::new);
        Outcome outcome = lab.deskA(withoutKeys).runHere("--job=backup", "collection=pk", "name=wrong_keys");

        assertThat(outcome).returns(12, Outcome::exitCode);
        assertThat(outcome.errors())
                .contains("minio.backupAccessKeyID", "bucket-b")
                .doesNotContain("minio.accessKeyID");
    }

    @Test
    void backsUpToTheOtherServerAndGoesOnAfterADeath() {
        Rows.Digest wanted = lab.wide();
        Desk desk = lab.deskA(second.asVault());
        String[] words = {"--job=backup", "collection=wide", "name=across", "chunk=" + CHUNK, "--output=json"};
        String files = "backup/across/binlogs/";

        SortedMap<String, ZonedDateTime> before =
                killAt(300, files, desk.start(with(words, "max-requests-per-second=250")));
        Outcome again = desk.runHere(words);
        Outcome restore =
                lab.deskB(second.asMilvus()).runHere("--job=restore", "name=across", "suffix=_across", "--output=json");

        assertThat(again).returns(0, Outcome::exitCode);
        assertThat(again.output()).contains("\"transfer\":\"streaming\"", "objects go through this process");
        SortedMap<String, ZonedDateTime> after = second.bucket().written(files);
        assertThat(before).hasSizeLessThan(WideCollection.OBJECTS);
        assertThat(after).hasSize(WideCollection.OBJECTS);
        assertThat(twice(before, after)).hasSizeLessThanOrEqualTo(CHUNK * WORKERS);
        assertThat(restore).returns(0, Outcome::exitCode);
        assertThat(restore.output()).contains("\"staged\":false");
        assertThat(second.restored("wide_across")).isEqualTo(wanted);
        assertThat(second.schema("wide_across")).isEqualTo(schemaInA("wide", "wide_across"));
    }

    /** The vault's bucket has the name of Milvus' bucket, but Milvus does not find the backup in its own. */
    @Test
    void restoresFromTheOtherServerAndGoesOnAfterADeath() {
        Rows.Digest wanted = lab.parts();
        assertThat(lab.deskA().runHere("--job=backup", "collection=parts", "name=fetched"))
                .returns(0, Outcome::exitCode);
        int objects = lab.vault().count("backup/fetched/binlogs/");
        Desk desk = lab.deskB(
                Stream.of(second.asMilvus(), firstAsVault()).flatMap(Stream::of).toArray(String[]::new));
        String[] words = {"--job=restore", "name=fetched", "suffix=_fetched", "chunk=5", "--output=json"};

        SortedMap<String, ZonedDateTime> before =
                killAt(15, "migrator-staging/fetched-", desk.start(with(words, "max-requests-per-second=10")));
        Outcome again = desk.runHere(words);

        assertThat(before).hasSizeBetween(15, objects - 1);
        assertThat(again).returns(0, Outcome::exitCode);
        assertThat(again.output())
                .contains("\"transfer\":\"streaming\"", "\"staged\":true", "objects go through this process");
        assertThat(second.restored("parts_fetched")).isEqualTo(wanted);
        assertThat(second.schema("parts_fetched")).isEqualTo(schemaInA("parts", "parts_fetched"));
        assertThat(second.bucket().keys("migrator-staging/")).isEmpty();
    }

    private static SortedMap<String, ZonedDateTime> killAt(int objects, String prefix, MigratorProcess running) {
        try (MigratorProcess process = running) {
            boolean seen = process.awaitUnlessEnded(
                    objects + " objects at " + prefix,
                    () -> second.bucket().count(prefix) >= objects,
                    Duration.ofMillis(100));
            boolean killed = process.kill();
            assertThat(seen && killed)
                    .as("killed in the middle: " + process.end())
                    .isTrue();
        }
        return second.bucket().written(prefix);
    }

    private static String[] with(String[] words, String more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    private static List<String> twice(SortedMap<String, ZonedDateTime> before, SortedMap<String, ZonedDateTime> after) {
        return before.keySet().stream()
                .filter(key -> !before.get(key).equals(after.get(key)))
                .toList();
    }

    private String[] firstAsVault() {
        return new String[] {
            "minio.backupAddress", lab.store().host(),
            "minio.backupPort", String.valueOf(lab.store().port()),
            "minio.backupAccessKeyID", lab.store().accessKey(),
            "minio.backupSecretAccessKey", lab.store().secretKey()
        };
    }

    private CollectionSchema schemaInA(String collection, String renamed) {
        return SecondServer.schema(lab.clientA(), collection).toBuilder()
                .setName(renamed)
                .build();
    }

    private static void requireDenied(StorageConfig config, String key) {
        try (ObjectStore store = Stores.open(config)) {
            assertThatThrownBy(store::requireReachable)
                    .isInstanceOfSatisfying(MigratorException.class, fault -> assertThat(fault.failure())
                            .isEqualTo(Failure.DENIED))
                    .hasMessageContaining(key);
        }
    }

    private static StorageConfig withKeysOf(StorageConfig place, StorageConfig other) {
        return new StorageConfig(
                place.side(),
                place.type(),
                place.address(),
                place.port(),
                place.region(),
                other.accessKeyId(),
                other.secretAccessKey(),
                place.token(),
                place.gcpCredentialJson(),
                place.useSsl(),
                place.useIam(),
                place.iamEndpoint(),
                place.bucketName(),
                place.rootPath(),
                place.multipartCopyThresholdMiB());
    }
}
