package io.migrator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.lab.LocalFolders;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process killed while it writes leaves whole objects only. */
final class LocalKillIT {
    private static final int ROUNDS = 5;

    @TempDir
    private Path dir;

    @Test
    void everyObjectIsWholeAfterAKill() throws Exception {
        new LocalFolders(dir).createBucket("vault");
        Random random = new Random(7);
        try (ObjectStore store = Stores.open(vault(dir))) {
            for (int round = 0; round < ROUNDS; round++) {
                store.delete(keys(store));
                Process writer = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Writer.class.getName(),
                                dir.toString())
                        .inheritIO()
                        .start();
                Awaitility.await().until(() -> store.find("folder/key").isPresent());
                writer.waitFor(random.nextInt(100), TimeUnit.MILLISECONDS);
                writer.destroyForcibly().waitFor();
                assertThat(keys(store)).containsExactly("folder/key");
                byte[] content = store.read("folder/key", Integer.MAX_VALUE - 8);
                assertThat(content).hasSize((content[0] & 0xff) << 16).containsOnly(content[0]);
            }
            store.delete(keys(store));
            assertThat(dir.resolve("vault")).isEmptyDirectory();
        }
    }

    private static StorageConfig vault(Path dir) {
        return new LocalFolders(dir).storage(Side.VAULT, "vault", "");
    }

    private static List<String> keys(ObjectStore store) {
        return store.list("").map(StoredObject::key).toList();
    }

    /** Replaces one object for ever; its size follows from its bytes. */
    static final class Writer {
        public static void main(String[] args) {
            try (ObjectStore store = Stores.open(vault(Path.of(args[0])))) {
                for (int i = 0; ; i = (i + 1) % 20) {
                    byte[] content = new byte[(i + 1) << 16];
                    Arrays.fill(content, (byte) (i + 1));
                    store.write("folder/key", content);
                }
            }
        }
    }
}
