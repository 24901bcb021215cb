package io.migrator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.config.StorageType;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.BucketStandIn;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.StandIn;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules of buckets as servers tell them, and whether objects can be shared there. */
final class PoolSafetyTest {
    @TempDir
    Path dir;

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

    private List<String> require(StorageType type, String root, boolean ignored) {
        StorageConfig config = new StorageConfig(
                Side.VAULT,
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
                root,
                500);
        try (ObjectStore store = Stores.open(config)) {
            return PoolSafety.require(store, ignored);
        }
    }

    private void requireRefused(StorageType type, String words) {
        assertThatThrownBy(() -> require(type, "backup", false)).isInstanceOfSatisfying(MigratorException.class, e -> {
            assertThat(e.failure()).isEqualTo(Failure.UNSUPPORTED);
            assertThat(e).hasMessageContaining(words).hasMessageContaining("lifecycle=ignore");
        });
        assertThat(require(type, "backup", true))
                .anySatisfy(line -> assertThat(line).contains(words));
    }

    private static String rule(String status, String rest) {
        return "<LifecycleConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Rule><ID>r1</ID><Status>"
                + status + "</Status>" + rest + "</Rule></LifecycleConfiguration>";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<Filter><Prefix>back</Prefix></Filter><Expiration><Days>30</Days></Expiration> | for back deletes objects after 30 days",
                "<Prefix/><Expiration><Days>30</Days></Expiration> | the whole bucket",
                "<Filter/><Expiration><Date>2120-01-01T00:00:00Z</Date></Expiration> | from 2120",
                "<Filter><And><Prefix>backup/</Prefix><ObjectSizeGreaterThan>1</ObjectSizeGreaterThan></And></Filter><Expiration><Days>30</Days></Expiration> | for backup/ deletes",
                "<Filter><Prefix>backup/migrator-pool/data/4</Prefix></Filter><Expiration><Days>30</Days></Expiration> | backup/migrator-pool/data/4",
                "<Filter/><Transition><Days>9</Days><StorageClass>GLACIER</StorageClass></Transition> | archives objects to GLACIER after 9 days",
                "<Filter/><Transition><Days>9</Days><StorageClass>DEEP_ARCHIVE</StorageClass></Transition> | to DEEP_ARCHIVE",
            })
    void aRuleThatTakesSharedObjectsIsRefused(String rule, String words) {
        server.set("lifecycle", 200, rule("Enabled", rule));
        requireRefused(StorageType.S3, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Disabled | <Filter/><Expiration><Days>30</Days></Expiration>",
                "Enabled | <Filter><Prefix>files/</Prefix></Filter><Expiration><Days>1</Days></Expiration>",
                "Enabled | <Filter><Prefix>backup/nightly</Prefix></Filter><Expiration><Days>1</Days></Expiration>",
                "Enabled | <Filter><Tag><Key>a</Key><Value>b</Value></Tag></Filter><Expiration><Days>1</Days></Expiration>",
                "Enabled | <Filter/><Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>",
                "Enabled | <Filter/><NoncurrentVersionExpiration><NoncurrentDays>3</NoncurrentDays></NoncurrentVersionExpiration>",
                "Enabled | <Filter/><Transition><Days>9</Days><StorageClass>GLACIER_IR</StorageClass></Transition>",
                "Enabled | <Filter/><AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload>",
            })
    void anyOtherRuleIsFine(String status, String rule) {
        server.set("versioning", 200, "<VersioningConfiguration/>");
        server.set("lifecycle", 200, rule(status, rule));
        assertThat(require(StorageType.S3, "backup", false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"403, AccessDenied", "501, NotImplemented", "400, InvalidRequest"})
    void noRightToReadRulesIsToldAndNoFault(int status, String code) {
        server.set("lifecycle", status, "<Error><Code>%s</Code></Error>".formatted(code));
        assertThat(require(StorageType.S3, "backup", false))
                .singleElement()
                .asString()
                .contains("not looked at")
                .contains("backup/migrator-pool/");
    }

    /** Google tells its own form to clients of S3; taken for Amazon's it would do nothing. */
    @Test
    void rulesOfAnotherFormAreNotTakenForHarmless() {
        server.set(
                "lifecycle",
                200,
                "<LifecycleConfiguration><Rule><Action><Delete/></Action><Condition><Age>30</Age></Condition></Rule>"
                        + "</LifecycleConfiguration>");
        assertThat(require(StorageType.GCP, "backup", false))
                .singleElement()
                .asString()
                .contains("not looked at");
    }

    @Test
    void versionsAreToldAbout() {
        server.set("versioning", 200, "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
        server.set("lifecycle", 404, "<Error><Code>NoSuchLifecycleConfiguration</Code></Error>");
        assertThat(require(StorageType.S3, "", false))
                .singleElement()
                .asString()
                .contains("freed when the bucket's lifecycle removes old versions");
    }

    @Test
    void googleIsAskedAndAzureDoesNotTell() {
        server.setBucket("{\"kind\":\"storage#bucket\",\"lifecycle\":{\"rule\":[{\"action\":{\"type\":\"Delete\"},"
                + "\"condition\":{\"age\":9}}]}}");
        requireRefused(StorageType.GCPNATIVE, "after 9 days");
        server.setContainer(false, false);
        assertThat(require(StorageType.AZURE, "backup", false))
                .singleElement()
                .asString()
                .contains("not looked at");
    }

    @Test
    void aFolderDoesNothingByItself() {
        LocalFolders folders = new LocalFolders(dir);
        folders.createBucket("vault");
        try (ObjectStore store = Stores.open(folders.storage(Side.VAULT, "vault", ""))) {
            assertThat(PoolSafety.require(store, false)).isEmpty();
        }
    }
}
