package io.migrator.cli.watch;

import io.migrator.cli.job.Every;
import io.migrator.cli.line.Run;
import io.migrator.config.read.ResolvedConfig;
import io.migrator.failure.Failure;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.record.RecordFolder;
import io.migrator.record.RecordedRun;
import io.migrator.record.RunStart;
import io.migrator.record.RunWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** Makes the first line of a record. */
final class StartOf {
    /** Of records of the task, for the one of the run before: a look opens a file. */
    private static final int LOOK_BACK = 20;

    private static final int DIGITS = 16;

    private StartOf() {}

    static RunStart run(Run run, ResolvedConfig config, Doing doing, int attempt) {
        return new RunStart(
                UUID.randomUUID().toString(),
                doing.task(),
                doing.kind(),
                doing.work(),
                attempt,
                doing.vault(),
                doing.name(),
                doing.parameters(),
                digest(config),
                run.label(),
                Every.seconds(doing.every()),
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                RunWriter.look());
    }

    /** One more than of the run before, where that left work of the same kind behind. */
    static int attempt(Doing doing, Path state) {
        if (doing.work().isEmpty()) {
            return 1;
        }
        try {
            Optional<RecordedRun> before = new RecordFolder(state)
                    .newestFirst(doing.task())
                    .filter(one -> one.end() == null || one.end().failure() != Failure.LOCKED)
                    .limit(LOOK_BACK)
                    .filter(one -> one.start().work().equals(doing.work()))
                    .findFirst();
            return before.filter(RecordedRun::leftWork)
                    .map(one -> one.start().attempt() + 1)
                    .orElse(1);
        } catch (UncheckedIOException e) {
            // Its record will not be written either, and that is told.
            return 1;
        }
    }

    /** Of all values as they are shown: equal where nothing was changed but secrets. */
    private static String digest(ResolvedConfig config) {
        StringBuilder values = new StringBuilder();
        config.settings().forEach(setting -> values.append(setting.key())
                .append('=')
                .append(setting.shown())
                .append('\n'));
        return ContentDigest.of(values.toString().getBytes(StandardCharsets.UTF_8), Checksum.SHA256)
                .hex()
                .substring(0, DIGITS);
    }
}
