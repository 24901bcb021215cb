package io.migrator.store.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.migrator.config.StorageConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.SideKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The service account whose JSON the configuration names, as a file or as the text itself. */
final class GcsCredentials {
    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";

    private GcsCredentials() {}

    static GoogleCredentials of(StorageConfig config) {
        SideKeys keys = new SideKeys(config.side());
        String key = keys.key("gcpCredentialJSON");
        if (config.useIam() || config.gcpCredentialJson().isEmpty()) {
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    "open",
                    config.display(),
                    "this build takes only a service account's key for storage type gcpnative",
                    "Set %s to the file of its JSON key, and %s to false.".formatted(key, keys.key("useIAM")));
        }
        String named = config.gcpCredentialJson().reveal();
        try {
            byte[] json =
                    named.stripLeading().startsWith("{") ? named.getBytes(UTF_8) : Files.readAllBytes(Path.of(named));
            return ServiceAccountCredentials.fromStream(new ByteArrayInputStream(json))
                    .createScoped(SCOPE);
        } catch (IOException | IllegalArgumentException e) {
            // The cause is left out: it may quote the key.
            throw MigratorException.unable(
                    Failure.USAGE,
                    "open",
                    config.display(),
                    "the service account's key cannot be read",
                    "Set %s to the file of its JSON key.".formatted(key));
        }
    }
}
