package io.migrator.store.local;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/** The one place that turns what the file system says into what a user can act on. */
final class LocalFailures {
    private final Path root;
    private final String rootPathKey;

    /** @param rootPathKey the configuration key that names the folder */
    LocalFailures(Path root, String rootPathKey) {
        this.root = root;
        this.rootPathKey = rootPathKey;
    }

    /** Whether no object can be there, which the system tells in several ways. */
    static boolean saysMissing(IOException fault) {
        return fault instanceof NoSuchFileException
                || fault instanceof NotDirectoryException
                || (fault instanceof FileSystemException e && "Not a directory".equals(e.getReason()));
    }

    MigratorException of(String verb, String key, IOException fault) {
        if (fault instanceof ClosedByInterruptException) {
            return unable(Failure.STOPPED, verb, key, "interrupted", "Run the same command again to go on.", fault);
        }
        if (fault instanceof NoSuchFileException) {
            return missing(verb, key, fault);
        }
        if (fault instanceof AccessDeniedException) {
            return unable(
                    Failure.DENIED,
                    verb,
                    key,
                    "user '%s' may not do that there".formatted(System.getProperty("user.name")),
                    "Grant it in the file system, or set %s to another folder.".formatted(rootPathKey),
                    fault);
        }
        if (fault instanceof NotDirectoryException
                || fault instanceof FileAlreadyExistsException
                || fault instanceof DirectoryNotEmptyException) {
            return clash(verb, key, fault);
        }
        return bySystemsWords(verb, key, fault);
    }

    /** Java has no exceptions of their own for these; the words are those of the C library in an English locale. */
    private MigratorException bySystemsWords(String verb, String key, IOException fault) {
        String reason = fault instanceof FileSystemException e && e.getReason() != null ? e.getReason() : text(fault);
        String words = reason.toLowerCase(Locale.ROOT);
        if (words.contains("no space left") || words.contains("quota exceeded")) {
            return unable(Failure.NO_ROOM, verb, key, "the disk is full", "Make room there.", fault);
        }
        if (words.contains("read-only file system") || words.contains("not permitted")) {
            return unable(
                    Failure.DENIED,
                    verb,
                    key,
                    reason,
                    "Set %s to a folder that can be written.".formatted(rootPathKey),
                    fault);
        }
        if (words.contains("is a directory") || words.contains("not a directory")) {
            return clash(verb, key, fault);
        }
        return unable(
                Failure.UNREACHABLE, verb, key, reason, "Check the disk or share of %s.".formatted(rootPathKey), fault);
    }

    private MigratorException missing(String verb, String key, IOException fault) {
        if (Files.isDirectory(root)) {
            return unable(
                    Failure.NOT_FOUND,
                    verb,
                    key,
                    "the object does not exist",
                    "Check %s.".formatted(rootPathKey),
                    fault);
        }
        return unable(
                Failure.NOT_FOUND,
                verb,
                key,
                "folder '%s' does not exist on this host".formatted(root),
                "Make it, mount it, or set %s to an existing folder.".formatted(rootPathKey),
                fault);
    }

    private MigratorException clash(String verb, String key, IOException fault) {
        return unable(
                Failure.CONFLICT,
                verb,
                key,
                "a folder is where a file must be, or a file where a folder must be",
                "Move it away, or set %s to another folder.".formatted(rootPathKey),
                fault);
    }

    private static String text(IOException fault) {
        return fault.getMessage() == null ? fault.toString() : fault.getMessage();
    }

    private MigratorException unable(
            Failure failure, String verb, String key, String cause, String advice, IOException fault) {
        String thing = key.isEmpty() ? root.toString() : root + "/" + key;
        return MigratorException.unable(failure, verb, thing, cause, advice, fault);
    }
}
