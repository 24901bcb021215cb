package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LabExtension.class)
final class ReadOnlySourceIT {
    private final MigrationLab lab;

    ReadOnlySourceIT(MigrationLab lab) {
        this.lab = lab;
        lab.pk();
    }

    @Test
    void needsNoRightToWriteWhereItReads() {
        StsKey key = StsKey.of(
                lab.store(),
                """
                {"Version":"2012-10-17","Statement":[
                 {"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],
                  "Resource":["arn:aws:s3:::bucket-a","arn:aws:s3:::bucket-a/*"]},
                 {"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket","s3:PutObject","s3:DeleteObject"],
                  "Resource":["arn:aws:s3:::bucket-b","arn:aws:s3:::bucket-b/*"]}]}
                """);
        Desk desk = lab.deskA(key.settings());
        requireBackup(desk, "read_only", "transfer=auto", "\"transfer\":\"server-side\"");
        requireBackup(desk, "read_only_streamed", "transfer=stream", "\"transfer\":\"streaming\"");
    }

    @Test
    void streamsWhereOneKeyDoesNotSeeBothBuckets() {
        StsKey source = StsKey.of(
                lab.store(),
                """
                {"Version":"2012-10-17","Statement":[
                 {"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],
                  "Resource":["arn:aws:s3:::bucket-a","arn:aws:s3:::bucket-a/*"]}]}
                """);
        StsKey vault = StsKey.of(
                lab.store(),
                """
                {"Version":"2012-10-17","Statement":[
                 {"Effect":"Allow","Action":["s3:*"],"Resource":["arn:aws:s3:::bucket-b","arn:aws:s3:::bucket-b/*"]}]}
                """);
        Desk desk = lab.deskA(
                "minio.accessKeyID", source.accessKey(),
                "minio.secretAccessKey", source.secretKey(),
                "minio.token", source.token(),
                "minio.backupAccessKeyID", vault.accessKey(),
                "minio.backupSecretAccessKey", vault.secretKey(),
                "minio.backupToken", vault.token());
        requireBackup(desk, "two_keys", "transfer=auto", "\"transfer\":\"streaming\"");
    }

    private void requireBackup(Desk desk, String name, String transfer, String said) {
        var before = lab.bucket("bucket-a").written("files/insert_log/");

        Outcome outcome = desk.runHere("--job=backup", "collection=pk", "name=" + name, transfer, "--output=json");

        assertThat(outcome).returns(0, Outcome::exitCode);
        assertThat(outcome.output()).contains(said);
        assertThat(lab.bucket("bucket-a").written("files/insert_log/")).isEqualTo(before);
        lab.requireWhole(name);
    }
}
