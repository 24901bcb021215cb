package io.migrator.store.local;

import io.migrator.store.StoredObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes files appear whole: written under a temporary name in the same folder, forced to the disk, renamed. A process
 * killed in between leaves a temporary file, which is no object and goes when its folder is deleted.
 */
final class LocalWrites {
    private static final Logger LOG = LoggerFactory.getLogger(LocalWrites.class);

    /** Another thread may delete the folder, found empty, between its making and the first file in it. */
    private static final int MOST_FOLDERS_LOST = 100;

    private static final Set<PosixFilePermission> OF_A_DESCRIPTION = PosixFilePermissions.fromString("rw-r-----");

    /** Puts the content into the empty file. */
    interface Filling {
        void writeTo(FileChannel file) throws IOException;
    }

    private final LocalPaths paths;
    private final LocalFailures failures;
    private final boolean vault;

    LocalWrites(LocalPaths paths, LocalFailures failures, boolean vault) {
        this.paths = paths;
        this.failures = failures;
        this.vault = vault;
    }

    /** Writes or replaces the object and gives it the time of modification. */
    StoredObject replace(String verb, String key, FileTime time, Filling content) {
        Path file = paths.file(verb, key);
        try {
            Path temporary = temporary(file, time, content);
            try {
                StoredObject written = object(key, temporary);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
                forceFolder(file);
                return written;
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw failures.of(verb, key, e);
        }
    }

    /** Writes the object unless it exists, then false. */
    boolean create(String key, Filling content) {
        Path file = paths.file("write", key);
        try {
            Path temporary = temporary(file, EntityTag.newTime(), content);
            try {
                link(temporary, file);
            } finally {
                Files.deleteIfExists(temporary);
            }
            forceFolder(file);
            return true;
        } catch (FileAlreadyExistsException e) {
            if (Files.isDirectory(file)) {
                throw failures.of("write", key, e);
            }
            return false;
        } catch (IOException e) {
            throw failures.of("write", key, e);
        }
    }

    /** A rename would replace an existing file; a link fails, and is atomic on network file systems too. */
    private static void link(Path temporary, Path file) throws IOException {
        try {
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // No hard links here (FAT, some shares): still only one can make the file, but it is seen half written.
            Files.copy(temporary, file, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private Path temporary(Path file, FileTime time, Filling content) throws IOException {
        Path temporary = LocalPaths.temporaryBeside(file);
        try (FileChannel channel = created(temporary)) {
            content.writeTo(channel);
            channel.force(false);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        Files.setLastModifiedTime(temporary, time);
        return temporary;
    }

    private FileChannel created(Path temporary) throws IOException {
        for (int lost = 0; ; lost++) {
            try {
                makeFolder(LocalPaths.parent(temporary));
                return FileChannel.open(
                        temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), rights(temporary));
            } catch (NoSuchFileException e) {
                if (lost == MOST_FOLDERS_LOST) {
                    throw e;
                }
            }
        }
    }

    /**
     * What a backup's description holds, password hashes and keys of databases among it, others need not read; its binlogs
     * Milvus may have to.
     */
    private FileAttribute<?>[] rights(Path file) {
        String folder = String.valueOf(LocalPaths.parent(file).getFileName());
        String above = String.valueOf(LocalPaths.parent(LocalPaths.parent(file)).getFileName());
        // A reader's note holds no secret, and whoever deletes the backup has to read it, whoever wrote it.
        boolean describes = !folder.equals("readers")
                && Stream.of(folder, above).anyMatch(name -> name.equals("meta") || name.equals("migrator"));
        return vault
                        && describes
                        && file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OF_A_DESCRIPTION)}
                : new FileAttribute<?>[0];
    }

    /** Makes folders below the root folder, never that one: a share that is not mounted must not be written beside. */
    private void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.equals(paths.root())) {
            throw new NoSuchFileException(folder.toString());
        }
        makeFolder(LocalPaths.parent(folder));
        try {
            Files.createDirectory(folder);
            if (vault) {
                handOver(folder);
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /** Root's folders become those of whoever has the folder above, who could not delete the files in them otherwise. */
    private static void handOver(Path folder) {
        PosixFileAttributeView made =
                Files.getFileAttributeView(folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        PosixFileAttributeView above =
                Files.getFileAttributeView(LocalPaths.parent(folder), PosixFileAttributeView.class);
        if (made == null || above == null) {
            return;
        }
        try {
            PosixFileAttributes wanted = above.readAttributes();
            if (!made.readAttributes().owner().equals(wanted.owner())) {
                made.setGroup(wanted.group());
                made.setOwner(wanted.owner());
            }
        } catch (IOException e) {
            // Only root may give a folder away, and not on every share; it stays as it was made.
            LOG.debug("{} stays with who made it", folder, e);
        }
    }

    /** Makes the new name itself outlast a power failure. */
    private static void forceFolder(Path file) throws IOException {
        try (FileChannel folder = FileChannel.open(LocalPaths.parent(file), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (NoSuchFileException e) {
            // The object was deleted meanwhile, and its folder with it.
            return;
        }
    }

    /** The object as it is; NoSuchFileException where the file is missing, or none. */
    static StoredObject object(String key, Path file) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new NoSuchFileException(file.toString());
        }
        return new StoredObject(key, attributes.size(), EntityTag.of(attributes));
    }
}
