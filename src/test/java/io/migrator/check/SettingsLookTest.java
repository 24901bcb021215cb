package io.migrator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.check.CheckFinding.Level;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.config.StorageType;
import io.migrator.failure.Failure;
import io.migrator.lab.BucketStandIn;
import io.migrator.lab.StandIn;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of buckets as servers tell them, and what is told of them. */
final class SettingsLookTest {
    private static final String KEPT = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";

    private final BucketStandIn server = new BucketStandIn();
    private final StandIn tokens = new StandIn()
            .answering(
                    "GET /computeMetadata/v1/instance/service-accounts/default/token",
                    "{\"access_token\":\"t\",\"expires_in\":3600}");

    @AfterEach
    void stop() {
        server.close();
        tokens.close();
    }

    private List<CheckFinding> look(Side side, StorageType type) {
        StorageConfig config = new StorageConfig(
                side,
                type,
                "127.0.0.1",
                server.port(),
                "",
                new Secret("account"),
                new Secret("a2V5"),
                Secret.NONE,
                Secret.NONE,
                false,
                type == StorageType.GCPNATIVE,
                type == StorageType.GCPNATIVE ? tokens.url() : "",
                "bucket",
                "backup",
                500);
        Findings findings = new Findings();
        try (ObjectStore store = Stores.open(config)) {
            SettingsLook.run(store, "vault", findings);
        }
        return findings.all();
    }

    private static String rule(String rest) {
        return "<LifecycleConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Rule><ID>r1</ID>"
                + "<Status>Enabled</Status>" + rest + "</Rule></LifecycleConfiguration>";
    }

    @Test
    void tellsInOneLineThatNothingIsSet() {
        server.set("versioning", 200, "<VersioningConfiguration/>");
        server.set("object-lock", 404, "<Error><Code>ObjectLockConfigurationNotFoundError</Code></Error>");
        server.set("lifecycle", 404, "<Error><Code>NoSuchLifecycleConfiguration</Code></Error>");
        assertThat(look(Side.VAULT, StorageType.S3))
                .containsExactly(CheckFinding.ok(
                        "settings of vault",
                        "no old versions are kept; nothing is locked; no lifecycle rule touches backup/"));
    }

    @ParameterizedTest
    @CsvSource({"403, AccessDenied", "501, NotImplemented", "400, InvalidRequest"})
    void aRefusalIsNoFault(int status, String code) {
        for (String setting : List.of("versioning", "object-lock", "lifecycle")) {
            server.set(setting, status, "<Error><Code>%s</Code></Error>".formatted(code));
        }
        assertThat(look(Side.VAULT, StorageType.S3)).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.OK);
            assertThat(finding.told())
                    .isEqualTo("whether old versions are kept is not told to us; whether objects are locked is not"
                            + " told to us; its lifecycle rules are not told to us");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<Filter><Prefix>back</Prefix></Filter><Expiration><Days>30</Days></Expiration> | WARN | loses its files",
                "<Prefix/><Expiration><Days>30</Days></Expiration> | WARN | deletes objects after 30 days",
                "<Filter/><Expiration><Date>2020-01-01T00:00:00Z</Date></Expiration> | FAIL | no backup stays whole",
                "<Filter/><Expiration><Date>2120-01-01T00:00:00Z</Date></Expiration> | WARN | from 2120",
                "<Filter><Prefix>backup/old/</Prefix></Filter><Expiration><Days>1</Days></Expiration> | WARN | backup/old/",
                "<Filter><Prefix>files/</Prefix></Filter><Expiration><Days>1</Days></Expiration> | OK | no lifecycle rule",
                "<Filter><Tag><Key>a</Key><Value>b</Value></Tag></Filter><Expiration><Days>1</Days></Expiration> | OK | no lifecycle rule",
                "<Filter/><Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration> | OK | nothing is locked",
                "<Filter/><Transition><Days>9</Days><StorageClass>DEEP_ARCHIVE</StorageClass></Transition> | WARN | until they are brought back",
                "<Filter/><Transition><Days>9</Days><StorageClass>GLACIER_IR</StorageClass></Transition> | OK | may cost more",
                "<Filter/><Transition><Days>9</Days><StorageClass>STANDARD_IA</StorageClass></Transition> | OK | may cost more",
                "<Filter/><AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload> | OK | after 7 days",
            })
    void tellsWhatARuleDoes(String rule, Level level, String words) {
        server.set("versioning", 200, "<VersioningConfiguration/>");
        server.set("object-lock", 404, "<Error><Code>ObjectLockConfigurationNotFoundError</Code></Error>");
        server.set("lifecycle", 200, rule(rule));
        List<CheckFinding> found = look(Side.VAULT, StorageType.S3);
        assertThat(found.get(found.size() - 1).level()).isEqualTo(level);
        assertThat(found.get(found.size() - 1).told()).contains(words);
        if (level == Level.FAIL) {
            assertThat(found.get(found.size() - 1).failure()).isEqualTo(Failure.UNSUPPORTED);
        }
    }

    @Test
    void tellsWhatOldVersionsAndLocksCost() {
        server.set("versioning", 200, KEPT);
        server.set(
                "object-lock",
                200,
                "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention>"
                        + "<Mode>COMPLIANCE</Mode><Days>30</Days></DefaultRetention></Rule></ObjectLockConfiguration>");
        server.set("lifecycle", 404, "<Error><Code>NoSuchLifecycleConfiguration</Code></Error>");
        assertThat(look(Side.VAULT, StorageType.S3))
                .extracting(CheckFinding::level)
                .containsExactly(Level.OK, Level.WARN, Level.WARN);
        assertThat(look(Side.VAULT, StorageType.S3).get(2).told()).contains("locked for 30 days (COMPLIANCE)");

        server.set(
                "lifecycle",
                200,
                rule("<Filter/><NoncurrentVersionExpiration><NoncurrentDays>3</NoncurrentDays>"
                        + "</NoncurrentVersionExpiration>"));
        assertThat(look(Side.VAULT, StorageType.S3).get(0).told()).contains("until a rule removes them after 3 days");
    }

    @Test
    void milvusLosesItsFilesByARule() {
        server.set("lifecycle", 200, rule("<Filter/><Expiration><Days>30</Days></Expiration>"));
        assertThat(look(Side.MILVUS, StorageType.S3))
                .anySatisfy(finding -> assertThat(finding.told()).contains("Milvus loses its files"));
    }

    @ParameterizedTest
    @CsvSource({"true, false, FAIL", "false, true, FAIL", "false, false, OK"})
    void noBackupCompletesInAContainerThatCannotChange(boolean policy, boolean hold, Level level) {
        server.setContainer(policy, hold);
        List<CheckFinding> found = look(Side.VAULT, StorageType.AZURE);
        assertThat(found.get(found.size() - 1).level()).isEqualTo(level);
        if (level == Level.FAIL) {
            assertThat(found.get(found.size() - 1).failure()).isEqualTo(Failure.UNSUPPORTED);
            assertThat(found.get(found.size() - 1).told()).contains("no backup completes");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"retentionPolicy\":{\"retentionPeriod\":\"864000\"} | FAIL | before they are 10 days old: no backup completes",
                "\"defaultEventBasedHold\":true | FAIL | no backup completes",
                "\"versioning\":{\"enabled\":true} | WARN | frees no room",
                "\"lifecycle\":{\"rule\":[{\"action\":{\"type\":\"Delete\"},\"condition\":{\"age\":9}}]} | WARN | after 9 days",
                "\"lifecycle\":{\"rule\":[{\"action\":{\"type\":\"Delete\"},\"condition\":{\"age\":0}}]} | FAIL | no backup stays whole",
                "\"lifecycle\":{\"rule\":[{\"action\":{\"type\":\"Delete\"},\"condition\":{\"age\":9,\"matchesPrefix\":[\"files/\"]}}]} | OK | nothing is locked",
                "\"name\":\"bucket\" | OK | nothing is locked",
            })
    void tellsWhatGoogleDoes(String setting, Level level, String words) {
        server.setBucket("{\"kind\":\"storage#bucket\",%s}".formatted(setting));
        List<CheckFinding> found = look(Side.VAULT, StorageType.GCPNATIVE);
        assertThat(found.get(found.size() - 1).level()).isEqualTo(level);
        assertThat(found.get(found.size() - 1).told()).contains(words);
    }
}
