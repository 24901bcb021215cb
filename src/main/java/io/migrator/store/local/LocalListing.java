package io.migrator.store.local;

import io.migrator.format.layout.KeyOrder;
import io.migrator.store.DatedObject;
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
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What lies below the root folder. One folder after the other is read when it is wanted, so memory holds the folders on
 * the way to the current file. Symbolic links are passed over, as Milvus and milvus-backup do.
 */
final class LocalListing {
    /** @param key of a file, or of a folder with a final slash, which puts it where its files belong in the order */
    private record Entry(Path path, String key, BasicFileAttributes attributes) {
        static final Comparator<Entry> BY_KEY = Comparator.comparing(Entry::key, KeyOrder.UTF8);

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
        anyMatch(paths.root(), "", any -> true);
    }

    Stream<StoredObject> objects(String prefix) {
        return files(prefix).map(Entry::object);
    }

    Stream<DatedObject> dated(String prefix) {
        return files(prefix).map(entry -> new DatedObject(entry.object(), writtenAt(entry)));
    }

    /** A copy has the time of its source; that of the last change of its entry in the folder is its own. */
    private static Instant writtenAt(Entry entry) {
        try {
            return ((FileTime) Files.getAttribute(entry.path(), "unix:ctime", LinkOption.NOFOLLOW_LINKS)).toInstant();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return entry.attributes().lastModifiedTime().toInstant();
        }
    }

    private Stream<Entry> files(String prefix) {
        Iterator<Entry> walk = new Walk(matching(prefix));
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(walk, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    /** Names of the folders below one that hold an object; milvus-backup leaves empty ones where it deleted a backup. */
    Stream<String> directories(String folder) {
        return matching(folder).stream()
                .filter(entry -> entry.isFolder() && holdsFile(entry))
                .map(entry -> entry.key().substring(folder.length(), entry.key().length() - 1));
    }

    private boolean holdsFile(Entry folder) {
        return anyMatch(folder.path(), folder.key(), entry -> !entry.isFolder() || holdsFile(entry));
    }

    private List<Entry> matching(String prefix) {
        String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        return paths.folder(folder)
                .map(path -> entries(path, folder, entry -> entry.key().startsWith(prefix)))
                .orElse(List.of());
    }

    private List<Entry> entries(Path folder, String folderKey, Predicate<Entry> wanted) {
        List<Entry> entries = new ArrayList<>();
        anyMatch(folder, folderKey, entry -> {
            if (wanted.test(entry)) {
                entries.add(entry);
            }
            return false;
        });
        entries.sort(Entry.BY_KEY);
        return entries;
    }

    /** Whether the folder has such an entry; the rest of it is not looked at. */
    private boolean anyMatch(Path folder, String folderKey, Predicate<Entry> wanted) {
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
            for (Path path : paths) {
                Optional<Entry> entry = entry(path, folderKey);
                if (entry.isPresent() && wanted.test(entry.get())) {
                    return true;
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            requireRoot(folderKey, e);
        } catch (DirectoryIteratorException e) {
            throw failures.of("list", folderKey, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw failures.of("list", folderKey, e);
        }
        return false;
    }

    /** A folder that is not there holds nothing; the root folder, as a bucket, has to be there. */
    private void requireRoot(String folderKey, IOException fault) {
        if (!Files.isDirectory(paths.root())) {
            throw failures.of("list", folderKey, fault);
        }
    }

    private static Optional<Entry> entry(Path path, String folderKey) throws IOException {
        String name = path.getFileName().toString();
        if (LocalPaths.isTemporary(name)) {
            return Optional.empty();
        }
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            // Deleted since the folder was read: Milvus collects garbage while it is listed.
            return Optional.empty();
        }
        if (attributes.isDirectory() || attributes.isRegularFile()) {
            String key = folderKey + name + (attributes.isDirectory() ? "/" : "");
            return Optional.of(new Entry(path, key, attributes));
        }
        return Optional.empty();
    }

    /** The files below some entries; a stream of streams would hold all of a folder's files once it is iterated over. */
    private final class Walk implements Iterator<Entry> {
        private final Deque<Iterator<Entry>> way = new ArrayDeque<>();
        private @Nullable Entry next;

        Walk(List<Entry> entries) {
            way.push(entries.iterator());
        }

        @Override
        public boolean hasNext() {
            while (next == null && !way.isEmpty()) {
                Iterator<Entry> folder = way.element();
                if (!folder.hasNext()) {
                    way.pop();
                    continue;
                }
                Entry entry = folder.next();
                if (entry.isFolder()) {
                    way.push(entries(entry.path(), entry.key(), any -> true).iterator());
                } else {
                    next = entry;
                }
            }
            return next != null;
        }

        @Override
        public Entry next() {
            Entry found = hasNext() ? next : null;
            if (found == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return found;
        }
    }
}
