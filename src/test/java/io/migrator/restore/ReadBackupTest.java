package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.Launcher;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.Termination;
import io.migrator.report.Progress;
import io.migrator.report.Stage;
import io.migrator.retention.hold.GuardedDeletion;
import io.migrator.retention.hold.GuardedDeletion.LastLook;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.connect.Stores;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is not deleted under a restore of it. */
class ReadBackupTest {
    @TempDir
    Path dir;

    @Test
    void aDeletionLeavesABackupAloneThatIsBeingRestored() {
        try (RepeatGround ground = RepeatGround.in(dir);
                ObjectStore vault = Stores.open(new LocalFolders(dir).storage(Side.VAULT, "vault", ""))) {
            ground.fill("book", 0);
            ground.backUp("collection=book", "name=b");
            Map<String, Failure> refused = new TreeMap<>();

            RunOutcome outcome = new Launcher(
                            ground.toRestore("name=b", "suffix=_bak"),
                            new DeletesAtEachStage(vault, refused),
                            new Termination())
                    .run();

            assertThat(outcome.exitCode()).as(outcome.message()).isZero();
            assertThat(refused)
                    .containsEntry("create collections", Failure.LOCKED)
                    .containsEntry("import", Failure.LOCKED)
                    .containsEntry("verify", Failure.LOCKED);
            assertThat(ground.targetRows("book_bak")).isEqualTo(ground.sourceRows("book"));
            try (Stream<StoredObject> left = vault.list("b/migrator/readers/")) {
                assertThat(left).isEmpty();
            }
            assertThat(new GuardedDeletion(vault, line -> {}).delete("b", "delete", false, LastLook.NONE))
                    .isPositive();
        }
    }

    private record DeletesAtEachStage(ObjectStore vault, Map<String, Failure> refused) implements Progress {
        @Override
        public void stage(Stage stage) {
            if (!stage.name().equals("preflight")) {
                MigratorException fault =
                        catchThrowableOfType(MigratorException.class, () -> new GuardedDeletion(vault, line -> {})
                                .delete("b", "delete", false, LastLook.NONE));
                refused.put(stage.name(), fault.failure());
            }
        }

        @Override
        public void advance(long objects, long bytes) {}

        @Override
        public void note(String line) {}
    }
}
