package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.launch.Launcher;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.Termination;
import io.migrator.report.Progress;
import io.migrator.report.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a process left half written where Milvus imports from: an import takes what it finds. */
class HalfStagedFilesTest {
    private static final String LEFT = ".migrator-of-a-killed-process.tmp";

    @TempDir
    Path folder;

    @Test
    void areGoneBeforeTheImport() {
        try (RepeatGround ground = RepeatGround.in(folder)) {
            ground.fill("a", 0);
            assertThat(ground.backUp("collection=a", "name=n").exitCode()).isZero();
            KilledBeside killed = new KilledBeside();

            RunOutcome outcome = new Launcher(ground.toRestore("name=n"), killed, new Termination()).run();

            assertThat(outcome.exitCode()).as(outcome.message()).isZero();
            assertThat(killed.left).isTrue();
            assertThat(killed.atImport).isNotEmpty().noneMatch(HalfStagedFilesTest::isLeft);
            assertThat(ground.targetRows("a")).isEqualTo(ground.sourceRows("a"));
        }
    }

    private static boolean isLeft(Path file) {
        return file.endsWith(LEFT);
    }

    private List<Path> staged() {
        try (Stream<Path> files = Files.walk(folder.resolve("b"))) {
            return files.filter(file -> file.toString().contains("/migrator-staging/"))
                    .filter(Files::isRegularFile)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another process dies beside the first file that is staged; looks what is there at the import. */
    private final class KilledBeside implements Progress {
        private String now = "";
        private boolean left;
        private List<Path> atImport = List.of();

        @Override
        public synchronized void stage(Stage stage) {
            now = stage.name();
            if (now.equals("import")) {
                atImport = staged();
            }
        }

        @Override
        public synchronized void advance(long objects, long bytes) {
            Optional<Path> first =
                    now.equals("copy") && !left ? staged().stream().findFirst() : Optional.empty();
            first.ifPresent(file -> {
                try {
                    Files.writeString(file.resolveSibling(LEFT), "half");
                    left = true;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        @Override
        public void note(String line) {}
    }
}
