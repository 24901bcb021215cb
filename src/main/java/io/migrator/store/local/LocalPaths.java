package io.migrator.store.local;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Which file an object is: its key, taken as a path below the root folder, as milvus-backup has it. A file under a
 * temporary name is no object yet.
 */
final class LocalPaths {
    /** Milvus passes over names that start with a dot when it is told to import a folder. */
    private static final String TEMPORARY_START = ".migrator-";

    private static final String LOCK_START = TEMPORARY_START + "lock-";

    private static final String TEMPORARY_END = ".tmp";
    private static final String THIS_PROCESS = TEMPORARY_START + UUID.randomUUID();

    private final Path root;
    private final boolean followsLinks;

    /**
     * @param followsLinks whether folders on the way to a file may be links, as Milvus takes them: what a vault's links lead to
     *     is no part of it, and would be written to and deleted
     */
    LocalPaths(Path root, boolean followsLinks) {
        this.root = root;
        this.followsLinks = followsLinks;
    }

    Path root() {
        return root;
    }

    /** The file of the object, below the root folder whatever the key says; USAGE where it cannot be one. */
    Path file(String verb, String key) {
        if (!staysBelowRoot(key)) {
            throw unusable(verb, key, "it is not a path below that folder");
        }
        try {
            Path file = root.resolve(key);
            requireNoLink(verb, key, file);
            return file;
        } catch (InvalidPathException e) {
            throw unusable(verb, key, "this system cannot name a file so: " + e.getReason());
        }
    }

    /** The same of what may be deleted, which is also what a process left that was killed while it wrote. */
    Path deletable(String key) {
        int slash = key.lastIndexOf('/');
        String name = key.substring(slash + 1);
        if (!isAbandoned(name) || isLock(name)) {
            return file("delete", key);
        }
        return (slash < 0 ? root : file("delete", key.substring(0, slash))).resolve(name);
    }

    private void requireNoLink(String verb, String key, Path file) {
        for (Path on = file; !followsLinks && !on.equals(root); on = parent(on)) {
            if (Files.isSymbolicLink(on) && Files.isDirectory(on)) {
                throw unusable(
                        verb,
                        key,
                        "'%s' is a link, and what it leads to is no part of the vault".formatted(on),
                        "Put the folder itself there, or mount it there.");
            }
        }
    }

    /** The folder of a file below the root folder. */
    static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    /** The folder of this key, which is empty or ends with a slash; nothing where no object can be in it. */
    Optional<Path> folder(String key) {
        if (key.isEmpty()) {
            return Optional.of(root);
        }
        String name = key.substring(0, key.length() - 1);
        return staysBelowRoot(name) ? Optional.of(file("list", name)) : Optional.empty();
    }

    private static boolean staysBelowRoot(String key) {
        return Stream.of(key.split("/", -1))
                .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals("..") || isTemporary(name));
    }

    private MigratorException unusable(String verb, String key, String cause) {
        return unusable(verb, key, cause, "Keep names to letters, digits, '-' and '_'.");
    }

    private MigratorException unusable(String verb, String key, String cause, String advice) {
        return MigratorException.unable(Failure.USAGE, verb, root + "/" + key, cause, advice);
    }

    static boolean isTemporary(String name) {
        return name.startsWith(TEMPORARY_START) && name.endsWith(TEMPORARY_END);
    }

    /** A temporary file that this process is not about to rename: one of a process that was killed, most likely. */
    static boolean isAbandoned(String name) {
        return isTemporary(name) && !name.startsWith(THIS_PROCESS);
    }

    /** The file whose lock stands for the object. It is no object, and goes with the folder like an abandoned one. */
    static Path lockBeside(Path file) {
        return file.resolveSibling(LOCK_START + file.getFileName() + TEMPORARY_END);
    }

    /** Such a file stays while its object is in use, and may be held this moment. */
    static boolean isLock(String name) {
        return name.startsWith(LOCK_START);
    }

    static Path temporaryBeside(Path file) {
        return file.resolveSibling(THIS_PROCESS + "-" + UUID.randomUUID() + TEMPORARY_END);
    }
}
