package io.migrator.store.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.lab.StandIn;
import io.migrator.store.token.TokenCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProviderException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each source of a token by a socket that answers as Azure's documentation says. */
final class AzureIdentityTest {
    private static final String ANSWER = "{\"token_type\":\"Bearer\",\"expires_in\":%d,\"access_token\":\"%s\"}";

    private final StandIn cloud = new StandIn();

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void isOfTheMachine() {
        cloud.answering("GET /metadata/identity/oauth2/token", ANSWER.formatted(3600, "t1"));
        AzureIdentity identity = new AzureIdentity(cloud.url() + "/", name -> null, new TokenCalls());
        assertThat(identity.token()).isEqualTo("t1");
        assertThat(identity.token()).isEqualTo("t1");
        assertThat(cloud.asked()).as("kept").singleElement().satisfies(asked -> {
            assertThat(asked.headers().get("Metadata")).containsExactly("true");
            assertThat(asked.query()).isEqualTo("api-version=2018-02-01&resource=https://storage.azure.com/");
        });
    }

    @Test
    void isOneOfSeveralOfTheMachine() {
        cloud.answering("GET /metadata/identity/oauth2/token", ANSWER.formatted(60, "t1"));
        Map<String, String> environment = Map.of("AZURE_CLIENT_ID", "id-1");
        AzureIdentity identity = new AzureIdentity(cloud.url(), environment::get, new TokenCalls());
        identity.token();
        identity.token();
        assertThat(cloud.asked()).as("renewed before it expires").hasSize(2);
        assertThat(cloud.asked().get(0).query()).endsWith("&client_id=id-1");
    }

    @Test
    void isOfAServiceAccountOfKubernetes(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("jwt"), "jwt-1\n");
        cloud.answering("POST /tenant-1/oauth2/v2.0/token", ANSWER.formatted(60, "t1"));
        Map<String, String> environment = Map.of(
                "AZURE_FEDERATED_TOKEN_FILE",
                file.toString(),
                "AZURE_CLIENT_ID",
                "id-1",
                "AZURE_TENANT_ID",
                "tenant-1",
                "AZURE_AUTHORITY_HOST",
                cloud.url() + "/");
        AzureIdentity identity = new AzureIdentity("", environment::get, new TokenCalls());
        assertThat(identity.token()).isEqualTo("t1");
        Files.writeString(file, "jwt-2");
        identity.token();
        assertThat(cloud.asked().get(0).body())
                .contains("client_assertion=jwt-1")
                .contains("client_id=id-1")
                .contains("grant_type=client_credentials")
                .contains("scope=https%3A%2F%2Fstorage.azure.com%2F.default")
                .contains("client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer");
        assertThat(cloud.asked().get(1).body()).contains("client_assertion=jwt-2");
    }

    @Test
    void isOfAnApplicationWithASecret() {
        cloud.answering("POST /tenant-1/oauth2/v2.0/token", ANSWER.formatted(3600, "t1"));
        Map<String, String> environment =
                Map.of("AZURE_CLIENT_SECRET", "word", "AZURE_CLIENT_ID", "id-1", "AZURE_TENANT_ID", "tenant-1");
        assertThat(new AzureIdentity(cloud.url(), environment::get, new TokenCalls()).token())
                .isEqualTo("t1");
        assertThat(cloud.asked().get(0).body()).contains("client_secret=word");
        Map<String, String> half = Map.of("AZURE_CLIENT_SECRET", "word", "AZURE_CLIENT_ID", "id-1");
        assertThatThrownBy(() -> new AzureIdentity(cloud.url(), half::get, new TokenCalls()).token())
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("AZURE_TENANT_ID")
                .hasMessageNotContaining("word");
    }

    @Test
    void isOfAnAppService() {
        cloud.answering("GET /msi/token", "{\"access_token\":\"t1\",\"expires_on\":\"4102444800\"}");
        Map<String, String> environment =
                Map.of("IDENTITY_ENDPOINT", cloud.url() + "/msi/token", "IDENTITY_HEADER", "h1");
        AzureIdentity identity = new AzureIdentity("", environment::get, new TokenCalls());
        assertThat(identity.token()).isEqualTo("t1");
        identity.token();
        assertThat(cloud.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.headers().get("X-identity-header")).containsExactly("h1");
            assertThat(asked.query()).startsWith("api-version=2019-08-01&resource=");
        });
    }

    @Test
    void quotesNoAnswer() {
        cloud.answering("GET /metadata/identity/oauth2/token", "{\"access\":\"secret-word\"}");
        assertThatThrownBy(() -> new AzureIdentity(cloud.url(), name -> null, new TokenCalls()).token())
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("access_token")
                .hasMessageNotContaining("secret-word");
    }
}
