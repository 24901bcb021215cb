package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.lab.Fill;
import io.migrator.lab.LentProperty;
import io.milvus.grpc.HasCollectionRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each reason not to restore has a message and an exit code of its own, and leaves Milvus as it was. */
@ExtendWith(LabExtension.class)
final class BadRestoreIT {
    private final MigrationLab lab;

    BadRestoreIT(MigrationLab lab) {
        this.lab = lab;
        lab.backupOfPk();
    }

    private static Outcome restore(Desk desk, String... words) {
        return desk.runHere(
                Stream.concat(Stream.of("--job=restore"), Arrays.stream(words)).toArray(String[]::new));
    }

    private static void refused(Outcome outcome, int exitCode, String... said) {
        assertThat(outcome).returns(exitCode, Outcome::exitCode);
        assertThat(outcome.errors()).contains(said).doesNotContain("Exception", "\tat ");
    }

    @Test
    void backupMissing() {
        refused(restore(lab.deskB(), "name=fo_pk", "suffix=_x"), 10, "'fo_pk'", "Did you mean 'of_pk'");
    }

    @Test
    void propertyThatIsNoNumber() {
        LentProperty property = LentProperty.set("migrator.import.lateCallSeconds", "soon");
        Outcome outcome = restore(lab.deskB(), "name=of_pk", "suffix=_x");
        property.close();

        refused(outcome, 2, "-Dmigrator.import.lateCallSeconds", "'soon'", "1 to 600");
    }

    @Test
    void collectionMissing() {
        refused(
                restore(lab.deskB(), "name=of_pk", "collection=pkk", "suffix=_x"),
                10,
                "default.pkk",
                "default.pk",
                "collection=");
    }

    @Test
    void backupNotComplete() {
        try (MigratorProcess process = lab.deskA().start("--job=backup", "collection=pk", "name=half")) {
            assertThat(process.awaitUnlessEnded(
                            "its marker",
                            () -> lab.vault().count("backup/half/migrator/incomplete.json") == 1,
                            Duration.ofMillis(5)))
                    .isTrue();
            assertThat(process.kill()).isTrue();
        }

        refused(restore(lab.deskB(), "name=half", "suffix=_x"), 10, "'half'", "not complete", "Run the backup command");
    }

    @Test
    void metaDamaged() {
        lab.copyBackupOfPk("bucket-b", "torn");
        String meta = "backup/torn/meta/full_meta.json";
        byte[] content = lab.vault().read(meta);
        lab.vault().put(meta, Arrays.copyOf(content, content.length / 2));

        refused(restore(lab.deskB(), "name=torn", "suffix=_x"), 20, "'torn'", meta + " is damaged");
    }

    @Test
    void fileOfTheBackupMissing() {
        lab.copyBackupOfPk("bucket-b", "holed");
        String lost = lab.vault().keys("backup/holed/binlogs/").iterator().next();
        lab.vault().delete(lost);

        refused(restore(lab.deskB(), "name=holed", "suffix=_x"), 20, "'holed'", lost, "missing");
        HasCollectionRequest there =
                HasCollectionRequest.newBuilder().setCollectionName("pk_x").build();
        assertThat(lab.clientB().stub().hasCollection(there).getValue()).isFalse();
    }

    @Test
    void targetExists() {
        new Fill(lab.clientB()).pk("pk_there");

        Outcome same = restore(lab.deskB(), "name=of_pk", "suffix=_there");

        refused(same, 14, "pk_there exists in Milvus already", "suffix=", "rename=");
        assertThat(lab.restored("pk_there").rows()).isEqualTo(120);
    }

    @Test
    void targetHasAnotherSchema() {
        new Fill(lab.clientB()).coll("not_pk", 100, 8);

        Outcome other = restore(lab.deskB(), "name=of_pk", "rename=pk:not_pk");

        refused(other, 14, "not_pk exists in Milvus with another schema", "field 'tenant': missing", "rename=");
        assertThat(lab.restored("not_pk").rows()).isEqualTo(100);
    }

    @Test
    void milvusUnreachable() {
        refused(
                restore(lab.deskB("milvus.port", "1"), "name=of_pk", "suffix=_x"),
                5,
                "127.0.0.1:1",
                "milvus.address",
                "milvus.port");
    }

    @Test
    void importThatBringsNothing() {
        String[] wrongBucket = {"minio.bucketName", "vault-c", "minio.backupBucketName", "vault-c"};
        lab.copyBackupOfPk("vault-c", "elsewhere");

        Outcome outcome = restore(lab.deskB(wrongBucket), "name=elsewhere", "suffix=_nothing");

        refused(outcome, 20, "pk_nothing", "completed with 0 rows of", "minio.bucketName");
    }
}
