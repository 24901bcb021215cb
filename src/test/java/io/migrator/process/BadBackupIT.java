package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each mistake a user can make before a backup has a message and an exit code of its own. */
@ExtendWith(LabExtension.class)
final class BadBackupIT {
    private final MigrationLab lab;

    BadBackupIT(MigrationLab lab) {
        this.lab = lab;
        lab.pk();
    }

    private static Outcome backup(Desk desk, String... more) {
        return desk.runHere(
                Stream.concat(Stream.of("--job=backup", "collection=pk", "name=bad_backup"), Arrays.stream(more))
                        .toArray(String[]::new));
    }

    private void refused(Outcome outcome, int exitCode, String... said) {
        assertThat(outcome).returns(exitCode, Outcome::exitCode);
        assertThat(outcome.errors()).contains(said).doesNotContain("Exception", "\tat ");
        assertThat(lab.vault().keys("backup/bad_backup/")).isEmpty();
    }

    @Test
    void milvusUnreachable() {
        refused(backup(lab.deskA("milvus.port", "1")), 5, "127.0.0.1:1", "milvus.address", "milvus.port");
    }

    @Test
    void wrongPassword() {
        Outcome outcome = backup(lab.deskA("milvus.password", "not-that-secret"));

        refused(outcome, 12, "milvus.user", "milvus.password");
        assertThat(outcome.toString()).doesNotContain("not-that-secret");
    }

    @Test
    void bucketMissing() {
        refused(backup(lab.deskA("minio.bucketName", "bucket-x")), 10, "bucket-x", "minio.bucketName");
        refused(backup(lab.deskA("minio.backupBucketName", "vault-x")), 10, "vault-x", "minio.backupBucketName");
    }

    @Test
    void secretKeyWrong() {
        refused(
                backup(lab.deskA("minio.secretAccessKey", "not-that-secret")),
                12,
                "bucket-b",
                "minio.backupSecretAccessKey");
    }

    @Test
    void rightsMissing() {
        StsKey key = StsKey.of(
                lab.store(),
                """
                {"Version":"2012-10-17","Statement":[
                 {"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::bucket-a/*"]},
                 {"Effect":"Allow","Action":["s3:*"],"Resource":["arn:aws:s3:::bucket-b","arn:aws:s3:::bucket-b/*"]}]}
                """);
        refused(backup(lab.deskA(key.settings())), 12, "s3:ListBucket", "bucket-a");

        key = StsKey.of(
                lab.store(),
                """
                {"Version":"2012-10-17","Statement":[
                 {"Effect":"Allow","Action":["s3:*"],"Resource":["arn:aws:s3:::bucket-a","arn:aws:s3:::bucket-a/*"]},
                 {"Effect":"Allow","Action":["s3:ListBucket","s3:GetObject"],
                  "Resource":["arn:aws:s3:::bucket-b","arn:aws:s3:::bucket-b/*"]}]}
                """);
        refused(backup(lab.deskA(key.settings())), 12, "s3:PutObject", "bucket-b");
    }

    @Test
    void rootPathThatHoldsNothing() {
        Outcome outcome = backup(lab.deskA("minio.rootPath", "file"));

        refused(outcome, 10, "under bucket-a/file/", "bucket-a/files", "Set minio.rootPath=files");
        assertThat(outcome.errors()).containsPattern("no binlog of segment [0-9]+ under");
    }

    @Test
    void collectionMissing() {
        Outcome outcome = lab.deskA().runHere("--job=backup", "collection=pkk", "name=bad_backup");

        refused(outcome, 10, "default.pkk", "Did you mean pk?");
    }

    @Test
    void nameTakenByAnotherBackup() {
        lab.parts();
        lab.backupOfPk();
        var written = lab.vault().written("backup/of_pk/");

        Outcome outcome = lab.deskA().runHere("--job=backup", "collection=parts", "name=of_pk");

        refused(outcome, 14, "backup/of_pk/", "another backup of that name", "name=", "delete -n of_pk");
        assertThat(lab.vault().written("backup/of_pk/")).isEqualTo(written);
    }

    @Test
    void threeMistakesInTheConfiguration() throws IOException {
        Desk desk = lab.deskA();
        Files.writeString(
                desk.config(),
                """
                milvus:
                  addres: localhost
                  port: 19530x
                minio:
                  storageType: floppy
                """,
                StandardCharsets.UTF_8);

        Outcome outcome = backup(desk);

        refused(
                outcome,
                2,
                "backup.yaml:2",
                "milvus.address",
                "backup.yaml:3",
                "milvus.port",
                "backup.yaml:5",
                "minio");
    }
}
