package io.migrator.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.catalog.PooledVault;
import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.lab.FolderCopy;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.StageHook;
import io.migrator.restore.RepeatGround;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deep proofs whose vault goes away in the middle, as a share does: that is no damage of a backup. */
class LostVaultTest {
    @TempDir
    static Path once;

    @TempDir
    Path dir;

    private VerifyRuns runs;

    @BeforeAll
    static void backUp() {
        try (RepeatGround ground = RepeatGround.in(once);
                ObjectStore vault = Stores.open(new LocalFolders(once).storage(Side.VAULT, "vault", ""))) {
            ground.fill("book", 0);
            ground.backUp("collection=book", "name=whole");
            ground.backUp("collection=book", "name=mon");
            new PooledVault(vault).pool("mon");
        }
    }

    @BeforeEach
    void open() {
        FolderCopy.of(once.resolve("vault"), vault());
        runs = new VerifyRuns(new LocalFolders(dir).storage(Side.VAULT, "vault", ""), dir.resolve("state"));
    }

    private Path vault() {
        return dir.resolve("vault");
    }

    @ParameterizedTest
    @CsvSource({"whole, true", "whole, false", "mon, true", "*, true", "*, false"})
    void endForNowAndGoOnOnceItIsBack(String name, boolean folderStays) throws IOException {
        RunOutcome lost = runs.run(StageHook.at("read", () -> lose(folderStays)), "name=" + name, "mode=deep");

        assertThat(lost.failure()).as(lost.message()).isEqualTo(Failure.UNREACHABLE);
        assertThat(VerifyRuns.damage(lost)).isEmpty();

        if (Files.exists(vault())) {
            Files.move(vault(), dir.resolve("empty"));
        }
        Files.move(dir.resolve("aside"), vault());
        RunOutcome rest = runs.run("name=" + name, "mode=deep");
        assertThat(rest.failure()).as(rest.message()).isNull();
    }

    private void lose(boolean folderStays) {
        try {
            Files.move(vault(), dir.resolve("aside"));
            if (folderStays) {
                Files.createDirectory(vault());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void tellALogThatIsGoneWhileTheVaultIsThere() {
        RunOutcome outcome = runs.run(StageHook.at("read", this::deleteALog), "name=whole", "mode=deep");

        assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.CORRUPT);
        assertThat(VerifyRuns.damage(outcome)).hasSize(1);
    }

    private void deleteALog() {
        try (Stream<Path> files = Files.walk(vault().resolve("whole"))) {
            List<Path> logs = files.filter(file -> file.toString().contains("/insert_log/"))
                    .filter(Files::isRegularFile)
                    .toList();
            Files.delete(logs.get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
