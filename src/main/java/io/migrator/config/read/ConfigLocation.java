package io.migrator.config.read;

import io.migrator.config.PlainText;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where configuration and job files are looked for. */
public final class ConfigLocation {
    private static final List<String> DEFAULT_NAMES =
            List.of("config/backup.yaml", "backup.yaml", "configs/backup.yaml");

    private final Path workingFolder;
    private final @Nullable Path programFolder;

    /** @param programFolder where the program's jar lies, null where it does not run from a jar */
    public ConfigLocation(Path workingFolder, @Nullable Path programFolder) {
        this.workingFolder = workingFolder;
        this.programFolder = programFolder;
    }

    /**
     * The configuration file.
     *
     * @param named as the user named it, null for the default one
     * @return null where none was named and no default one exists
     */
    public @Nullable Path configuration(@Nullable String named) {
        List<Path> candidates = new ArrayList<>();
        if (named == null) {
            DEFAULT_NAMES.forEach(name -> candidates.add(workingFolder.resolve(name)));
            candidates.addAll(besideProgram("config/backup.yaml"));
        } else {
            candidates.add(resolve(named));
            candidates.add(workingFolder.resolve("config").resolve(named));
            candidates.addAll(besideProgram("config/" + named));
        }
        Path found = first(candidates);
        if (found != null && Files.isDirectory(found)) {
            throw MigratorException.unable(
                    Failure.USAGE, "read", shown(found), "it is a folder", "Name a file with --config.");
        }
        if (found == null && named != null) {
            throw MigratorException.unable(
                    Failure.USAGE,
                    "read",
                    named,
                    "no such configuration file; looked for " + shown(candidates),
                    "Name an existing file with --config.");
        }
        return found;
    }

    /** Whether what is found, or named, is to be believed. */
    public FileTrust trust(Map<String, String> environment) {
        return programFolder == null ? new FileTrust(environment) : new FileTrust(environment, programFolder);
    }

    /** A file that the user named, seen from the current folder. */
    public Path resolve(String named) {
        try {
            return workingFolder.resolve(named);
        } catch (InvalidPathException e) {
            throw MigratorException.unable(
                    Failure.USAGE,
                    "use path",
                    PlainText.shown(named),
                    "this system and its locale cannot name it: " + e.getReason(),
                    "Name another one, or set LC_ALL=C.UTF-8.",
                    e);
        }
    }

    /** The file {@code jobs/NAME.yaml}, null where there is none. */
    public @Nullable Path job(String name) {
        return firstFile(folders("jobs").stream()
                .map(folder -> folder.resolve(name + ".yaml"))
                .toList());
    }

    /** The folders called {@code name} that exist, the one that wins first. */
    public List<Path> folders(String name) {
        return places(name).stream().filter(Files::isDirectory).toList();
    }

    /** Where folders called {@code name} are looked for, the one that wins first. */
    public List<Path> places(String name) {
        List<Path> places = new ArrayList<>();
        places.add(workingFolder.resolve(name));
        places.addAll(besideProgram(name));
        return places;
    }

    /** The path as messages show it: relative where it lies under the current folder. */
    public String shown(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path here = workingFolder.toAbsolutePath().normalize();
        return (absolute.startsWith(here) ? here.relativize(absolute) : absolute).toString();
    }

    /** The paths as messages show them, each once. */
    public String shown(List<Path> paths) {
        return String.join(", ", paths.stream().map(this::shown).distinct().toList());
    }

    private List<Path> besideProgram(String name) {
        Path folder = programFolder;
        if (folder == null) {
            return List.of();
        }
        Path above = folder.toAbsolutePath().normalize().getParent();
        return above == null || !FileTrust.sameTrust(folder, above)
                ? List.of(folder.resolve(name))
                : List.of(folder.resolve(name), above.resolve(name));
    }

    /** Whatever it is: one that cannot be read is not passed over. */
    private static @Nullable Path first(List<Path> candidates) {
        return candidates.stream()
                .filter(path -> Files.exists(path) || Files.exists(path, LinkOption.NOFOLLOW_LINKS))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Path firstFile(List<Path> candidates) {
        return candidates.stream().filter(Files::isRegularFile).findFirst().orElse(null);
    }
}
