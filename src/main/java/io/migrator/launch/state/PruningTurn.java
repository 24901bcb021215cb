package io.migrator.launch.state;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The turn to look through a state folder: of all the runs of a day one has it. */
final class PruningTurn {
    /** Beside the job databases; its time tells when somebody last had the turn. */
    static final String STAMP = "looked-through.stamp";
    /** Less than a day, for a job of every night does not begin to the second. */
    private static final Duration APART = Duration.ofHours(20);

    private final Path stamp;

    PruningTurn(Path folder) {
        this.stamp = folder.resolve(STAMP);
    }

    /** False where another had it not long ago, or has just taken it. */
    boolean taken(Instant now) throws IOException {
        if (Files.exists(stamp, LinkOption.NOFOLLOW_LINKS)) {
            Instant last =
                    Files.getLastModifiedTime(stamp, LinkOption.NOFOLLOW_LINKS).toInstant();
            // Also one from the future is of no use, which a clock that was set leaves behind.
            if (Duration.between(last, now).abs().compareTo(APART) < 0) {
                return false;
            }
            Files.deleteIfExists(stamp);
        }
        try {
            StateDirectory.createPrivate(stamp);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Leaves the rest to the next run. */
    void giveBack() throws IOException {
        Files.deleteIfExists(stamp);
    }
}
