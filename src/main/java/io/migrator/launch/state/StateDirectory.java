package io.migrator.launch.state;

import io.migrator.config.read.ThisUser;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The folder of the job databases. What lies there is believed, so the folder and its files belong to the user of the run,
 * and not everybody may write there. What a database would have H2 run is looked at before, see {@link StoredSchema}.
 */
public final class StateDirectory {
    private static final Set<PosixFilePermission> OWNER_ALL = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final String UID = "unix:uid";
    private static final int STICKY = 01000;

    private StateDirectory() {}

    /** Makes the folder where it is not there. USAGE where H2 cannot be told its name, REPOSITORY where it is not safe. */
    public static void prepare(Path folder) {
        // H2 takes what follows a semicolon for options, and a backslash for a slash.
        if (folder.toString().contains(";")
                || (File.separatorChar == '/' && folder.toString().contains("\\"))) {
            throw MigratorException.unable(
                    Failure.USAGE,
                    "use",
                    folder.toString(),
                    "the name of a state folder may hold neither ; nor a backslash",
                    "Give --state-dir another folder.");
        }
        try {
            if (!Files.isDirectory(folder)) {
                create(folder);
            }
            requireOwn(folder);
        } catch (IOException e) {
            throw unsafe(folder, reason(e), "Give --state-dir a folder that can be written.");
        }
        if (!Files.isWritable(folder)) {
            throw unsafe(folder, "it cannot be written", "Give --state-dir a folder that can be written.");
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private static void create(Path folder) throws IOException {
        if (posix(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ALL));
        } else {
            Files.createDirectories(folder);
        }
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    /** REPOSITORY where somebody else owns the folder or the file, or may write there; no fault where it is not there. */
    static void requireOwn(Path path) throws IOException {
        if (!posix(path) || !Files.exists(path)) {
            return;
        }
        int owner = (Integer) Files.getAttribute(path, UID);
        int self = self();
        if (owner != 0 && self != 0 && owner != self) {
            throw unsafe(
                    path, "it belongs to another user", "Give --state-dir a folder of your own, or run as that user.");
        }
        // Not the group's: many users are alone in theirs, and Kubernetes gives a volume to the group of the pod.
        if (Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE) && !keepsOwners(path)) {
            throw unsafe(
                    path,
                    "every user may write there, and what lies there is believed",
                    "Take that right away (chmod o-w), or give --state-dir a folder that is not there yet, such as one"
                            + " within this: it is made for this user alone.");
        }
    }

    /**
     * The same for a file that is believed: no link, and of no other user even where root runs, who would else believe what
     * anybody could write. Where the file system gives all files another owner, as of root over NFS, that is this user.
     */
    static void requireOwnFile(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw unsafe(file, "it is no plain file", "Find out who put it there, then move it away.");
        }
        requireOwn(file);
        if (posix(file)) {
            int owner = (Integer) Files.getAttribute(file, UID, LinkOption.NOFOLLOW_LINKS);
            if (owner != 0 && owner != self() && owner != ownerOfFilesIn(file.resolveSibling(""))) {
                throw unsafe(
                        file,
                        "it belongs to another user (id %d)".formatted(owner),
                        "Give --state-dir a folder of your own, or run as that user.");
            }
        }
    }

    private static int ownerOfFilesIn(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, "migrator", ".tmp");
        try {
            return (Integer) Files.getAttribute(probe, UID, LinkOption.NOFOLLOW_LINKS);
        } finally {
            Files.delete(probe);
        }
    }

    /** Makes an empty file that nobody else can read. FileAlreadyExistsException where there is anything. */
    static void createPrivate(Path file) throws IOException {
        if (posix(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } else {
            Files.createFile(file);
        }
    }

    /** A folder such as /tmp: everybody makes files there, but each is replaced by its owner only, who is asked for. */
    private static boolean keepsOwners(Path path) throws IOException {
        return Files.isDirectory(path) && ((Integer) Files.getAttribute(path, "unix:mode") & STICKY) != 0;
    }

    /** A process without a user's name has a number all the same. */
    private static int self() throws IOException {
        return ThisUser.look().id().orElseThrow(() -> new IOException("the user of this process is not known"));
    }

    /** Lets nobody else read what this run made. */
    static void keepPrivate(Path file) throws IOException {
        if (posix(file) && Files.exists(file)) {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        }
    }

    private static MigratorException unsafe(Path path, String cause, String advice) {
        return MigratorException.unable(Failure.REPOSITORY, "use", path.toString(), cause, advice);
    }
}
