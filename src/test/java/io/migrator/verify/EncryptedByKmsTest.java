package io.migrator.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.format.Samples;
import io.migrator.lab.LyingS3;
import io.migrator.launch.RunOutcome;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup whose logs a key of KMS encrypts, and whose metas none: entity tags of some objects are MD5s, of others they look so. */
class EncryptedByKmsTest {
    @TempDir
    Path dir;

    @Test
    void isWholeAndItsDamageIsFound() throws Exception {
        try (LyingS3 server = new LyingS3(Set.of())) {
            StorageConfig vault = server.storage(Side.VAULT, "vault", "");
            server.encrypt(key -> key.contains("/binlogs/") ? "aws:kms" : "");
            List<String> keys = put(vault);
            VerifyRuns runs = new VerifyRuns(vault, dir.resolve("state"));

            RunOutcome whole = runs.run("name=" + Samples.V0_5, "mode=deep");

            assertThat(whole.failure()).as(whole.message()).isNull();
            String log = keys.stream()
                    .filter(key -> key.contains("/insert_log/"))
                    .findFirst()
                    .orElseThrow();
            try (ObjectStore store = Stores.open(vault)) {
                byte[] content = store.read(log, 1 << 20);
                content[content.length - 6] ^= 0x10;
                store.write(log, content);
            }
            RunOutcome damaged = runs.run("name=" + Samples.V0_5, "mode=deep");
            assertThat(damaged.failure()).as(damaged.message()).isEqualTo(Failure.CORRUPT);
            assertThat(VerifyRuns.damage(damaged))
                    .extracting(damage -> damage.get("object"))
                    .containsExactly(log);
        }
    }

    private static List<String> put(StorageConfig vault) throws Exception {
        Path from = Path.of(Objects.requireNonNull(EncryptedByKmsTest.class.getResource("/samples/" + Samples.V0_5))
                .toURI());
        try (ObjectStore store = Stores.open(vault);
                Stream<Path> files = Files.walk(from)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            for (Path file : all) {
                store.write(Samples.V0_5 + "/" + from.relativize(file), Files.readAllBytes(file));
            }
            return all.stream()
                    .map(file -> Samples.V0_5 + "/" + from.relativize(file))
                    .toList();
        }
    }
}
