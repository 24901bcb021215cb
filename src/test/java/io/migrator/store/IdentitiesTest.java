package io.migrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.config.StorageType;
import io.migrator.failure.Failure;
import io.migrator.lab.FixedAnswer;
import io.migrator.lab.StandIn;
import io.migrator.store.connect.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Azure and Google by a token of the machine, which goes to the side it was configured for and nowhere else. */
final class IdentitiesTest {
    private static final String AZURE_TOKEN = "GET /metadata/identity/oauth2/token";
    private static final String GOOGLE_TOKEN = "GET /computeMetadata/v1/instance/service-accounts/default/token";

    private final StandIn ofMilvus = new StandIn();
    private final StandIn ofVault = new StandIn();
    private final FixedAnswer blob = new FixedAnswer();

    @AfterEach
    void stop() {
        ofMilvus.close();
        ofVault.close();
        blob.close();
    }

    /** @param iamEndpoint empty for a key in place of an identity */
    private static StorageConfig storage(Side side, StorageType type, int port, String iamEndpoint) {
        boolean identity = !iamEndpoint.isEmpty();
        return new StorageConfig(
                side,
                type,
                "127.0.0.1",
                port,
                "",
                new Secret("account"),
                identity ? Secret.NONE : new Secret("a2V5"),
                Secret.NONE,
                Secret.NONE,
                false,
                identity,
                iamEndpoint,
                "bucket",
                "",
                500);
    }

    private static void hands(StandIn cloud, String request, String token) {
        cloud.answering(request, "{\"access_token\":\"%s\",\"expires_in\":3600}".formatted(token));
    }

    private static List<String> authorizations(StandIn cloud) {
        return cloud.asked().stream()
                .filter(asked -> asked.headers().containsKey("Authorization"))
                .map(asked -> asked.headers().get("Authorization").get(0))
                .distinct()
                .toList();
    }

    private static void listBoth(StorageConfig milvus, StorageConfig vault) {
        try (ObjectStore one = Stores.open(milvus);
                ObjectStore other = Stores.open(vault)) {
            one.requireReachable();
            other.requireReachable();
            other.requireReachable();
        }
    }

    @Test
    void azureBearsTheTokenOfItsSide() {
        String empty = "<?xml version=\"1.0\"?><EnumerationResults><Blobs /><NextMarker /></EnumerationResults>";
        hands(ofMilvus.answering("GET /account/bucket", empty), AZURE_TOKEN, "t-milvus");
        hands(ofVault.answering("GET /account/bucket", empty), AZURE_TOKEN, "t-vault");
        listBoth(
                storage(Side.MILVUS, StorageType.AZURE, ofMilvus.port(), ofMilvus.url()),
                storage(Side.VAULT, StorageType.AZURE, ofVault.port(), ofVault.url()));
        assertThat(authorizations(ofMilvus)).containsExactly("Bearer t-milvus");
        assertThat(authorizations(ofVault)).containsExactly("Bearer t-vault");
        assertThat(ofVault.asked()).as("a token is asked for once").hasSize(3);
    }

    @Test
    void googleBearsTheTokenOfItsSide() {
        String empty = "{\"kind\":\"storage#objects\"}";
        hands(ofMilvus.answering("GET /storage/v1/b/bucket/o", empty), GOOGLE_TOKEN, "t-milvus");
        hands(ofVault.answering("GET /storage/v1/b/bucket/o", empty), GOOGLE_TOKEN, "t-vault");
        listBoth(
                storage(Side.MILVUS, StorageType.GCPNATIVE, ofMilvus.port(), ofMilvus.url()),
                storage(Side.VAULT, StorageType.GCPNATIVE, ofVault.port(), ofVault.url()));
        assertThat(authorizations(ofMilvus)).containsExactly("Bearer t-milvus");
        assertThat(authorizations(ofVault)).containsExactly("Bearer t-vault");
        assertThat(ofVault.asked()).as("a token is asked for once").hasSize(3);
    }

    private void isThere() {
        blob.set(
                200,
                Duration.ZERO,
                Map.of(
                        "ETag",
                        "\"e1\"",
                        "Last-Modified",
                        "Tue, 24 Nov 2026 12:00:00 GMT",
                        "x-ms-blob-type",
                        "BlockBlob"),
                "abc");
    }

    @Test
    void azureNamesTheKeyWhereTheTokenOfTheSourceCannotBeRenewedForTheCopy() {
        isThere();
        ofMilvus.answeringOnce(AZURE_TOKEN, "{\"access_token\":\"t-milvus\",\"expires_in\":1}");
        StorageConfig milvus = storage(Side.MILVUS, StorageType.AZURE, blob.port(), ofMilvus.url());
        try (ObjectStore vault = Stores.open(storage(Side.VAULT, StorageType.AZURE, ofVault.port(), ""))) {
            assertThatThrownBy(() -> vault.copyFrom(milvus, new StoredObject("a", 3, ""), "b")
                            .join())
                    .satisfies(Faults.are(Failure.DENIED))
                    .hasMessageContaining("no credentials from this machine's role")
                    .hasMessageContaining("minio.useIAM");
        }
        assertThat(blob.requests()).isEqualTo(1);
        assertThat(ofVault.asked()).isEmpty();
    }

    @Test
    void azureCopiesWithTheTokenOfTheSourceBesideTheKeyOfTheVault() {
        isThere();
        hands(ofMilvus, AZURE_TOKEN, "t-milvus");
        StorageConfig milvus = storage(Side.MILVUS, StorageType.AZURE, blob.port(), ofMilvus.url());
        try (ObjectStore vault = Stores.open(storage(Side.VAULT, StorageType.AZURE, ofVault.port(), ""))) {
            StoredObject source = new StoredObject("a", 3, "");
            // The stand-in of the vault knows no blobs; what it was asked is what counts.
            assertThatThrownBy(() -> vault.copyFrom(milvus, source, "b").join())
                    .satisfies(Faults.are(Failure.NOT_FOUND));
        }
        assertThat(blob.heads()).singleElement().satisfies(head -> assertThat(head)
                .startsWith("HEAD /account/bucket/a")
                .containsIgnoringCase("Authorization: Bearer t-milvus"));
        assertThat(ofVault.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.line()).isEqualTo("PUT /account/bucket/b");
            assertThat(asked.headers().get("Authorization").get(0)).startsWith("SharedKey account:");
            assertThat(asked.headers().get("X-ms-copy-source-authorization")).containsExactly("Bearer t-milvus");
            assertThat(asked.headers().get("X-ms-copy-source").get(0)).endsWith("/account/bucket/a");
        });
    }

    @Test
    void namesTheKeyWhereThereIsNoIdentity() {
        for (StorageType type : List.of(StorageType.AZURE, StorageType.GCPNATIVE)) {
            try (ObjectStore store = Stores.open(storage(Side.VAULT, type, ofVault.port(), ofVault.url()))) {
                assertThatThrownBy(store::requireReachable)
                        .as(type.name())
                        .satisfies(Faults.are(Failure.DENIED))
                        .hasMessageContaining("no credentials from this machine's role")
                        .hasMessageContaining("minio.backupUseIAM")
                        .hasMessageContaining("minio.backupIamEndpoint");
            }
        }
    }
}
