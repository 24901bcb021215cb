package io.migrator.process;

import io.migrator.cli.Cli;
import io.migrator.cli.line.Terminal;
import io.migrator.config.read.ConfigLocation;
import io.migrator.launch.Launcher;
import io.migrator.launch.Termination;
import io.migrator.report.Progress;
import io.migrator.report.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The program, but that it eats all of its memory in the thread that tells the progress named by the first word. */
final class HungryRun {
    private HungryRun() {}

    public static void main(String[] words) {
        Termination termination = new Termination();
        Cli cli = new Cli(
                System.out,
                System.err,
                System.getenv(),
                new ConfigLocation(Path.of(words[1]), null),
                Terminal.NONE,
                (request, progress) -> {
                    termination.install();
                    return new Launcher(request, new Hungry(progress, words[0]), termination).run();
                });
        termination.exit(cli.run(Arrays.copyOfRange(words, 2, words.length)));
    }

    private record Hungry(Progress told, String where) implements Progress {
        @Override
        public void stage(Stage stage) {
            told.stage(stage);
            eatAt("stage " + stage.name());
        }

        @Override
        public void advance(long objects, long bytes) {
            eatAt("advance");
        }

        @Override
        public void note(String line) {
            told.note(line);
        }

        private void eatAt(String place) {
            List<byte[]> eaten = new ArrayList<>();
            while (place.equals(where) && eaten.size() < Integer.MAX_VALUE) {
                eaten.add(new byte[1 << 18]);
            }
        }
    }
}
