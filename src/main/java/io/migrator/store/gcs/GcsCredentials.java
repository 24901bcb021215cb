package io.migrator.store.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.OAuth2Credentials;
import com.google.auth.oauth2.OAuth2CredentialsWithRefresh;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.KnownSecrets;
import io.migrator.failure.MigratorException;
import io.migrator.store.driver.SideKeys;
import io.migrator.store.token.GoogleToken;
import io.migrator.store.token.TokenCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;

/**
 * The service account whose JSON the configuration names, as a file or as the text itself; with {@code useIAM} what
 * Google's library finds: GOOGLE_APPLICATION_CREDENTIALS (workload identity federation, too), else the machine's account
 * by the metadata server.
 */
final class GcsCredentials {
    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";

    private GcsCredentials() {}

    /**
     * Asks for nothing yet.
     *
     * @param answer time for an answer of this store, which who hands out tokens has no more than
     * @param transport for requests to them
     */
    static OAuth2Credentials of(StorageConfig config, Duration answer, HttpTransportFactory transport) {
        if (config.useIam()) {
            return config.iamEndpoint().isEmpty()
                    ? ofEnvironment(config, transport)
                    : ofMachine(config.iamEndpoint(), new TokenCalls(config, answer));
        }
        SideKeys keys = new SideKeys(config.side());
        String key = keys.key("gcpCredentialJSON");
        if (config.gcpCredentialJson().isEmpty()) {
            throw unusable(
                    config,
                    "there are no credentials for it",
                    "Set %s to the file of a service account's JSON key, or %s to true."
                            .formatted(key, keys.key("useIAM")));
        }
        try {
            Optional<String> file = config.gcpCredentialFile();
            byte[] json = file.isPresent()
                    ? Files.readAllBytes(Path.of(file.get()))
                    : config.gcpCredentialJson().reveal().getBytes(UTF_8);
            KnownSecrets.ofThisProcess().learn(new String(json, UTF_8));
            return ServiceAccountCredentials.fromStream(new ByteArrayInputStream(json), transport)
                    .createScoped(SCOPE);
        } catch (IOException | IllegalArgumentException e) {
            // The cause is left out: it may quote the key.
            throw unusable(
                    config,
                    "the service account's key cannot be read",
                    "Set %s to the file of its JSON key.".formatted(key));
        }
    }

    private static OAuth2Credentials ofEnvironment(StorageConfig config, HttpTransportFactory transport) {
        try {
            return GoogleCredentials.getApplicationDefault(transport).createScoped(SCOPE);
        } catch (IOException e) {
            SideKeys keys = new SideKeys(config.side());
            throw unusable(
                    config,
                    "Google's library finds no credentials on this machine",
                    "Set GOOGLE_APPLICATION_CREDENTIALS, or %s to false and %s to a service account's JSON key."
                            .formatted(keys.key("useIAM"), keys.key("gcpCredentialJSON")));
        }
    }

    /** @param endpoint in place of the machine's metadata server */
    private static OAuth2Credentials ofMachine(String endpoint, TokenCalls calls) {
        return OAuth2CredentialsWithRefresh.newBuilder()
                .setRefreshHandler(() -> {
                    GoogleToken token = GoogleToken.ask(calls, endpoint);
                    return new AccessToken(token.text(), Date.from(token.expires()));
                })
                .build();
    }

    private static MigratorException unusable(StorageConfig config, String cause, String advice) {
        return MigratorException.unable(Failure.USAGE, "open", config.display(), cause, advice);
    }
}
