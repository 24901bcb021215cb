package io.migrator.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.migrator.store.StoredObject;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What lies below the root folder. One folder after the other is read when it is wanted, so memory holds the folders on
 * the way to the current file. Symbolic links are passed over, as Milvus and milvus-backup do.
 */
final class LocalListing {
    /** @param key of a file, or of a folder with a final slash, which puts it where its files belong in the order */
    private record Entry(Path path, String key, BasicFileAttributes attributes) {
        static final Comparator<Entry> BY_KEY = (one, other) ->
                Arrays.compareUnsigned(one.key().getBytes(UTF_8), other.key().getBytes(UTF_8));

        boolean isFolder() {
            return attributes.isDirectory();
        }

        StoredObject object() {
            return new StoredObject(key, attributes.size(), EntityTag.of(attributes));
        }
    }

    private final LocalPaths paths;
    private final LocalFailures failures;

    LocalListing(LocalPaths paths, LocalFailures failures) {
        this.paths = paths;
        this.failures = failures;
    }

    /** Whether the root folder is there and may be listed. */
    void probe() {
        entries(paths.root(), "").close();
    }

    Stream<StoredObject> objects(String prefix) {
        return matching(prefix).flatMap(this::files);
    }

    /** Names of the folders below one that hold an object; milvus-backup leaves empty ones where it deleted a backup. */
    Stream<String> directories(String folder) {
        return matching(folder)
                .filter(entry -> entry.isFolder() && files(entry).findFirst().isPresent())
                .map(entry -> entry.key().substring(folder.length(), entry.key().length() - 1));
    }

    private Stream<Entry> matching(String prefix) {
        String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        return paths.folder(folder)
                .map(path -> entries(path, folder).filter(entry -> entry.key().startsWith(prefix)))
                .orElse(Stream.empty());
    }

    private Stream<StoredObject> files(Entry entry) {
        return entry.isFolder() ? entries(entry.path(), entry.key()).flatMap(this::files) : Stream.of(entry.object());
    }

    private Stream<Entry> entries(Path folder, String folderKey) {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
            for (Path path : paths) {
                add(entries, path, folderKey);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            requireRoot(folderKey, e);
        } catch (DirectoryIteratorException e) {
            throw failures.of("list", folderKey, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw failures.of("list", folderKey, e);
        }
        entries.sort(Entry.BY_KEY);
        return entries.stream();
    }

    /** A folder that is not there holds nothing; the root folder, as a bucket, has to be there. */
    private void requireRoot(String folderKey, IOException fault) {
        if (!Files.isDirectory(paths.root())) {
            throw failures.of("list", folderKey, fault);
        }
    }

    private static void add(List<Entry> entries, Path path, String folderKey) throws IOException {
        String name = path.getFileName().toString();
        if (LocalPaths.isTemporary(name)) {
            return;
        }
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            // Deleted since the folder was read: Milvus collects garbage while it is listed.
            return;
        }
        if (attributes.isDirectory() || attributes.isRegularFile()) {
            String key = folderKey + name + (attributes.isDirectory() ? "/" : "");
            entries.add(new Entry(path, key, attributes));
        }
    }
}
