package io.migrator.store.local;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Deletes objects, and the folders that are empty after it: milvus-backup takes a backup's empty folder for a backup. */
final class LocalDelete {
    private final LocalPaths paths;
    private final LocalFailures failures;

    LocalDelete(LocalPaths paths, LocalFailures failures) {
        this.paths = paths;
        this.failures = failures;
    }

    void delete(Collection<String> keys) {
        Set<Path> folders = new LinkedHashSet<>();
        for (String key : keys) {
            Path file = paths.deletable(key);
            try {
                if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(file);
                }
                folders.add(LocalPaths.parent(file));
                requireRoot();
            } catch (IOException e) {
                if (!LocalFailures.saysMissing(e) || !Files.isDirectory(paths.root())) {
                    throw failures.of("delete", key, e);
                }
            }
        }
        folders.forEach(this::deleteEmpty);
    }

    private void requireRoot() throws NoSuchFileException {
        if (!Files.isDirectory(paths.root())) {
            throw new NoSuchFileException(paths.root().toString());
        }
    }

    /** This folder and those above it, as long as they are empty. */
    private void deleteEmpty(Path folder) {
        Path empty = folder;
        try {
            while (!empty.equals(paths.root()) && deleteIfEmpty(empty)) {
                empty = LocalPaths.parent(empty);
            }
        } catch (IOException e) {
            throw failures.of("delete", paths.root().relativize(empty).toString(), e);
        }
    }

    private static boolean deleteIfEmpty(Path folder) throws IOException {
        try {
            if (holdsOnlyAbandoned(folder)) {
                Files.deleteIfExists(folder);
                return true;
            }
            return false;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }

    /** False at the first other file; else the abandoned ones are gone after it. */
    private static boolean holdsOnlyAbandoned(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            Set<Path> abandoned = new LinkedHashSet<>();
            for (Path entry : entries) {
                if (!LocalPaths.isAbandoned(entry.getFileName().toString())) {
                    return false;
                }
                abandoned.add(entry);
            }
            for (Path entry : abandoned) {
                Files.deleteIfExists(entry);
            }
            return true;
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Gone already, with others' deletes; those above may be empty now.
            return !Files.exists(folder);
        }
    }
}
