package io.migrator.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether somebody else could have written a file that a run believes: configuration, presets, keys and certificates, the
 * state folder. One rule for all: what everybody can write is refused; what another user owns (root aside), or what lies in
 * a folder where everybody can replace it, is told. A group may write: many systems give each user one of its own. Systems
 * without such permissions have nothing to tell. Where a file system knows no other permissions (CIFS, Windows' drives in
 * WSL), or a checkout gives them to all files (umask 0), the user can say so by {@link #VARIABLE}: then it is only told.
 */
public final class FileTrust {
    private static final int STICKY = 01000;

    /** The environment variable that, set to {@code yes}, makes a warning of each refusal. */
    static final String VARIABLE = "MIGRATOR_TRUST_WRITABLE";

    private static final String WORD = "yes";

    private final boolean trusting;

    public FileTrust(Map<String, String> environment) {
        this.trusting = WORD.equals(environment.get(VARIABLE));
    }

    /** Why the file or folder is not to be believed, a whole sentence; empty where it may be. */
    public Optional<String> refusal(Path file, String shown) {
        return has(file, PosixFilePermission.OTHERS_WRITE) && !trusting
                ? Optional.of(writable(shown)
                        + "; run chmod o-w on it once you have looked what it holds, or set %s=%s where no other user can"
                                .formatted(VARIABLE, WORD)
                        + " reach it and its permissions cannot be changed")
                : Optional.empty();
    }

    private static String writable(String shown) {
        return "'%s' can be written by every user of this machine, who then decides what this run does"
                .formatted(shown);
    }

    /** What the user should see of a file or folder that is believed. */
    public List<String> warnings(Path file, String shown) {
        List<String> warnings = new ArrayList<>();
        if (trusting && has(file, PosixFilePermission.OTHERS_WRITE)) {
            warnings.add(writable(shown) + "; believed, because of %s=%s".formatted(VARIABLE, WORD));
        }
        owner(file)
                .ifPresent(owner -> warnings.add(
                        "'%s' belongs to another user (%s), who can change what this run does; look what it holds, or make"
                                        .formatted(shown, owner)
                                + " it yours"));
        Path folder = real(file).getParent();
        if (folder != null && has(folder, PosixFilePermission.OTHERS_WRITE) && !sticky(folder)) {
            warnings.add("every user of this machine can replace '%s': run chmod o-w on its folder".formatted(shown));
        }
        return warnings;
    }

    /** The owner's number where that is neither this user nor root. */
    private static Optional<String> owner(Path file) {
        try {
            Object owner = Files.getAttribute(file, "unix:uid");
            // The one way that the JDK tells the number of the user itself.
            Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            return owner.equals(self) || owner.equals(0) ? Optional.empty() : Optional.of("user id " + owner);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean has(Path path, PosixFilePermission permission) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            return permissions.contains(permission);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** There only owners can replace what is theirs, as in /tmp. */
    private static boolean sticky(Path folder) {
        try {
            return ((int) Files.getAttribute(folder, "unix:mode", LinkOption.NOFOLLOW_LINKS) & STICKY) != 0;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath();
        }
    }
}
