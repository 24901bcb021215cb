package io.migrator.launch.state;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one job database, before and while H2 has it open: what H2 takes for it by its name alone is this user's, and
 * was looked at.
 */
final class StateFiles {
    /** H2 moves the first to the database's name where there is none, and deletes the other. */
    private static final List<String> REMAINS = List.of(".newFile", ".tempFile");
    /** Of a small text of ours. */
    private static final int LONGEST_NOTE = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(StateFiles.class);

    private final Path stored;

    /** @param stored the database, which need not be there */
    StateFiles(Path stored) {
        this.stored = stored;
    }

    /**
     * Makes sure that the database is this user's own, and holds nothing that others would have H2 run.
     *
     * @return whether there was none before
     */
    boolean claim() throws IOException {
        boolean made = false;
        for (String ending : REMAINS) {
            Path remains = stored.resolveSibling(stored.getFileName() + ending);
            StateDirectory.requireOwnFile(remains);
            Files.deleteIfExists(remains);
        }
        if (!Files.exists(stored, LinkOption.NOFOLLOW_LINKS)) {
            // By this program rather than by H2, which would take what another put there meanwhile.
            try {
                StateDirectory.createPrivate(stored);
                made = true;
            } catch (FileAlreadyExistsException e) {
                // By another run that began at the same moment: H2's lock tells which of the two goes on.
                LOG.debug("made by another run", e);
            }
        }
        require();
        return made;
    }

    /** The same, where nothing is to be made. */
    void require() throws IOException {
        StateDirectory.requireOwnFile(stored);
        StoredSchema.require(stored);
    }

    /** What tells this file from another of its name. */
    @Nullable
    Object key() throws IOException {
        return Files.readAttributes(stored, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /** REPOSITORY where another file has its name now: H2 may have opened that, which nobody looked at. */
    void requireStill(@Nullable Object key) throws IOException {
        StateDirectory.requireOwnFile(stored);
        if (key != null && !key.equals(key())) {
            throw MigratorException.unable(
                    Failure.REPOSITORY,
                    "open",
                    stored.toString(),
                    "it was replaced while it was opened",
                    "Find out who writes to that folder, or give --state-dir another one.");
        }
    }

    /** The text of a small file beside it; of this user only. */
    static String read(Path note) throws IOException {
        StateDirectory.requireOwnFile(note);
        try (var in = Files.newInputStream(note, LinkOption.NOFOLLOW_LINKS)) {
            return new String(in.readNBytes(LONGEST_NOTE), StandardCharsets.UTF_8).strip();
        }
    }

    /** Writes such a file anew; a link in its place is not followed. */
    static void write(Path note, String text) throws IOException {
        StateDirectory.requireOwnFile(note);
        Files.deleteIfExists(note);
        StateDirectory.createPrivate(note);
        Files.writeString(note, text, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }
}
