package io.migrator.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a vault and a bucket that are folders. */
record BackupFiles(Path vault, Path bucket) {
    /** Contents of what lies below, by the names from there on. */
    Map<String, String> of(String folder) {
        Map<String, String> contents = new TreeMap<>();
        Path root = vault.resolve(folder);
        for (Path file : files(root)) {
            contents.put(root.relativize(file).toString(), content(file));
        }
        return contents;
    }

    /** Contents of all that the source has. */
    List<String> ofSource() {
        return files(bucket).stream().map(BackupFiles::content).toList();
    }

    /** The inodes of these keys, as far as they lie below. */
    Map<String, Object> inodes(String folder, Collection<String> keys) {
        Map<String, Object> inodes = new HashMap<>();
        for (Path file : files(vault.resolve(folder))) {
            String key = vault.relativize(file).toString();
            if (keys.contains(key)) {
                try {
                    inodes.put(
                            key,
                            Files.readAttributes(file, BasicFileAttributes.class)
                                    .fileKey());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return inodes;
    }

    private static List<Path> files(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
