package io.migrator.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.check.CheckFinding.Level;
import io.migrator.config.Secret;
import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.config.StorageType;
import io.migrator.lab.FixedAnswer;
import io.migrator.lab.LocalFolders;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadsLookTest {
    @Test
    void findsWhatAKilledRunLeft(@TempDir Path parent) throws IOException {
        LocalFolders folders = new LocalFolders(parent);
        folders.createBucket("vault");
        try (ObjectStore vault = Stores.open(folders.storage(Side.VAULT, "vault", ""))) {
            vault.write("b/meta/full_meta.json", new byte[3]);
            Files.write(parent.resolve("vault/b/meta/.migrator-killed-1.tmp"), new byte[9]);
            String etag = vault.write("b/migrator/lease.json", new byte[1]).etag();
            assertThat(vault.writeIfMatch("b/migrator/lease.json", new byte[2], etag))
                    .as("leaves the file of its lock, which may be held")
                    .isPresent();

            CheckFinding today = UploadsLook.of(vault, Instant.now());
            CheckFinding later = UploadsLook.of(vault, Instant.now().plus(Duration.ofDays(2)));

            assertThat(today.level()).as("it may be under way").isEqualTo(Level.OK);
            assertThat(later.level()).isEqualTo(Level.WARN);
            assertThat(later.told())
                    .contains("1 object under " + parent)
                    .contains("'b/meta/.migrator-killed-1.tmp'")
                    .endsWith("Delete these files");
        }
    }

    @ParameterizedTest
    @CsvSource({"403, AccessDenied, s3:ListBucketMultipartUploads on vault", "501, NotImplemented, HTTP 501"})
    void warnsWhereTheyCannotBeLookedFor(int status, String code, String told) {
        try (FixedAnswer server = new FixedAnswer()) {
            server.set(
                    status,
                    Duration.ZERO,
                    Map.of("Content-Type", "application/xml"),
                    "<Error><Code>%s</Code></Error>".formatted(code));
            StorageConfig storage = new StorageConfig(
                    Side.VAULT,
                    StorageType.MINIO,
                    "127.0.0.1",
                    server.port(),
                    "",
                    new Secret("key"),
                    new Secret("secret"),
                    Secret.NONE,
                    Secret.NONE,
                    false,
                    false,
                    "",
                    "vault",
                    "backup",
                    500);
            try (ObjectStore vault = Stores.open(storage)) {
                CheckFinding found = UploadsLook.of(vault, Instant.now());

                assertThat(found.level()).isEqualTo(Level.WARN);
                assertThat(found.told()).startsWith("cannot be looked for: ").contains(told);
            }
        }
    }
}
