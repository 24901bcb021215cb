package io.migrator.cli.watch;

import io.migrator.cli.CliRun;
import io.migrator.failure.Failure;
import io.migrator.launch.RunOutcome;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs of a job that does what a test says, with a configuration of who is told of it. */
final class Watched {
    private final Path dir;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private Consumer<Progress> work = progress -> {};
    private String task = "nightly";
    private boolean begins = true;
    private CliRun last = new CliRun();

    /** @param dir with a preset {@code nightly} that runs every day */
    Watched(Path dir) {
        this.dir = dir;
        try {
            Files.writeString(
                    Files.createDirectories(dir.resolve("jobs")).resolve("nightly.yaml"),
                    "job: backup\nevery: 1d\nparameters: {collection: c, name: n}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Watched set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** What the job does before it ends. */
    Watched working(Consumer<Progress> doing) {
        work = doing;
        return this;
    }

    Watched task(String preset) {
        task = preset;
        return this;
    }

    /** The job does not come so far as to have its work for itself. */
    Watched notBeginning() {
        begins = false;
        return this;
    }

    int run(@Nullable Failure failure) {
        return run(failure, Map.of("objects_copied", 20L, "bytes_copied", 4096L, "transfer", "server-side"));
    }

    int run(@Nullable Failure failure, Map<String, Object> facts) {
        List<String> words = new ArrayList<>(List.of("--job=" + task));
        settings.forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
        last = new CliRun();
        return last.run(
                dir,
                Map.of(),
                (request, progress) -> {
                    progress.stage("preflight", 0, 0);
                    if (begins) {
                        progress.begun();
                    }
                    progress.stage("copy", 20, 4096);
                    progress.advance(20, 4096);
                    work.accept(progress);
                    RunReport report = new RunReport();
                    facts.forEach(report::fact);
                    return new RunOutcome(failure, failure == null ? "done" : "it <failed>", report, null);
                },
                words.toArray(String[]::new));
    }

    /** What the last run said on standard error. */
    String errors() {
        return last.errorText();
    }

    Path state() {
        return dir.resolve("state");
    }
}
