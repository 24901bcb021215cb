package io.migrator.config.read;

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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether somebody else could have written a file that a run believes: configuration, presets, keys and certificates. One
 * rule for all: what everybody can write is refused; what another user owns (root and the owner of the program aside), or what lies in a folder where
 * everybody can replace it, is refused where it was only found, and told where it was named. A group may write: many systems
 * give each user one of its own. On a mount that is read-only, such as a Kubernetes ConfigMap, nobody can, whatever its
 * permissions say. Systems without such permissions have nothing to tell. Where a file system knows no other permissions (CIFS, Windows' drives in
 * WSL), or a checkout gives them to all files (umask 0), the user can say so by {@link #VARIABLE}: then it is only told.
 */
public final class FileTrust {
    private static final int STICKY = 01000;

    /** The environment variable that, set to {@code yes}, makes a warning of each refusal. */
    static final String VARIABLE = "MIGRATOR_TRUST_WRITABLE";

    private static final String WORD = "yes";

    private final boolean trusting;
    private final String behindSudo;
    private final Predicate<Path> readOnly;
    private final ThisUser user;
    private final Set<Object> programOwners;

    FileTrust(Map<String, String> environment) {
        this(environment, FileTrust::liesReadOnly, ThisUser.look(), Set.of());
    }

    /** @param program the folder where the program's jar lies: whose that is decides what is run, and so may say how */
    FileTrust(Map<String, String> environment, Path program) {
        this(environment, FileTrust::liesReadOnly, ThisUser.look(), owners(program));
    }

    /**
     * With all that is found out.
     *
     * @param readOnly whether a file or folder lies on a mount where nobody can write
     * @param programOwners who can change what is run
     */
    FileTrust(Map<String, String> environment, Predicate<Path> readOnly, ThisUser user, Set<Object> programOwners) {
        this.user = user;
        this.programOwners = Set.copyOf(programOwners);
        this.trusting = WORD.equals(environment.get(VARIABLE));
        this.behindSudo = environment.getOrDefault("SUDO_UID", "");
        this.readOnly = readOnly;
    }

    private static Set<Object> owners(Path program) {
        return Stream.of(program, program.resolve("migrator.jar"))
                .flatMap(file -> uid(file).stream())
                .collect(Collectors.toSet());
    }

    /** Why the file or folder is not to be believed, a whole sentence; empty where it may be. */
    public Optional<String> refusal(Path file, String shown) {
        return writableByAll(file) && !trusting
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

    /** The same of a file that nobody named: it may lie there for no other reason than to be found. */
    public List<String> refusalsOfFound(Path file, String shown) {
        return trusting
                ? List.of()
                : refusal(file, shown).map(List::of).orElseGet(() -> replaceable(file, shown).stream()
                        .map(told -> told + "; or set %s=%s where it is meant so".formatted(VARIABLE, WORD))
                        .toList());
    }

    /** What the user must see, {@code --quiet} or not, of a file that is believed. */
    public List<String> alarms(Path file, String shown) {
        List<String> alarms = new ArrayList<>();
        if (trusting && writableByAll(file)) {
            alarms.add(writable(shown) + "; believed, because of %s=%s".formatted(VARIABLE, WORD));
        }
        alarms.addAll(replaceable(file, shown));
        return alarms;
    }

    private List<String> replaceable(Path file, String shown) {
        List<String> told = new ArrayList<>();
        owner(file)
                .ifPresent(owner -> told.add(
                        "'%s' belongs to another user (%s), who can change what this run does; look what it holds, then make"
                                        .formatted(shown, owner)
                                + " it yours"));
        // Of a link both decide: where it lies, and where it leads.
        boolean open = Stream.of(file.toAbsolutePath(), real(file))
                .map(Path::getParent)
                .anyMatch(folder -> folder != null && writableByAll(folder) && !sticky(folder));
        if (open) {
            told.add(
                    "every user of this machine can replace '%s': run chmod o-w on its folder once you have looked what"
                                    .formatted(shown)
                            + " it holds");
        }
        return told;
    }

    /** Whether what lies in the outer folder can be believed as what lies in the inner one is. */
    static boolean sameTrust(Path inner, Path outer) {
        Optional<Object> owner = uid(outer);
        return !has(outer, PosixFilePermission.OTHERS_WRITE)
                && (owner.isEmpty() || owner.get().equals(0) || owner.equals(uid(inner)));
    }

    /**
     * The owner's number, of the file or of the link to it, where that is neither this user (who may use sudo) nor root, nor
     * who owns the program.
     */
    private Optional<String> owner(Path file) {
        if (user.id().isEmpty()) {
            return Optional.empty();
        }
        Object self = user.id().get();
        return Stream.of(uid(file), uid(file, LinkOption.NOFOLLOW_LINKS))
                .flatMap(Optional::stream)
                .filter(owner ->
                        unmapped(owner) || !(owner.equals(self) || owner.equals(0) || programOwners.contains(owner)))
                .filter(owner -> !(self.equals(0) && String.valueOf(owner).equals(behindSudo)))
                .map(owner -> "user id " + owner
                        + (unmapped(owner) ? ", which stands for every user that has no number in this container" : ""))
                .findFirst();
    }

    /** Also where this process has that number itself: it is then one of many. */
    private boolean unmapped(Object owner) {
        return user.unmapped().filter(owner::equals).isPresent();
    }

    private boolean writableByAll(Path path) {
        return has(path, PosixFilePermission.OTHERS_WRITE) && !readOnly.test(path);
    }

    /** Whether it lies on a mount where nobody can write. */
    static boolean liesReadOnly(Path path) {
        try {
            return Files.getFileStore(path).isReadOnly();
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<Object> uid(Path file, LinkOption... links) {
        try {
            return Optional.of(Files.getAttribute(file, "unix:uid", links));
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
