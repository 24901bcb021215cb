package io.migrator.store.local;

import io.migrator.store.UnfinishedUpload;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the temporary files that processes left which were killed while they wrote. */
final class AbandonedFiles {
    private final LocalPaths paths;
    private final LocalFailures failures;

    AbandonedFiles(LocalPaths paths, LocalFailures failures) {
        this.paths = paths;
        this.failures = failures;
    }

    /** Each under its own key, since the object it was to become is not known. */
    Stream<UnfinishedUpload> below(String prefix) {
        String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        Path start = paths.folder(folder).orElse(null);
        if (start == null || !Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS)) {
            return Stream.empty();
        }
        List<UnfinishedUpload> found = new ArrayList<>();
        try {
            Files.walkFileTree(start, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = file.getFileName().toString();
                    if (LocalPaths.isAbandoned(name) && !LocalPaths.isLock(name)) {
                        String key = paths.root().relativize(file).toString();
                        found.add(new UnfinishedUpload(
                                key, "", attributes.lastModifiedTime().toInstant()));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException fault) throws IOException {
                    // Deleted since its folder was read.
                    if (fault instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw fault;
                }
            });
        } catch (IOException e) {
            throw failures.of("list", folder, e);
        }
        return found.stream();
    }
}
