package io.migrator.cli.job;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folder of the job databases. */
public final class StateFolder {
    private StateFolder() {}

    /**
     * @param named by {@code --state-dir}, null where not given
     * @param osName as in the system property {@code os.name}
     */
    public static Path of(@Nullable String named, Map<String, String> environment, String osName, String userHome) {
        if (named != null && named.isBlank()) {
            throw MigratorException.unable(
                    Failure.USAGE,
                    "use",
                    "state folder",
                    "--state-dir names nothing; is a variable empty?",
                    "Name a folder, or leave the option out.");
        }
        try {
            return folder(named, environment, osName, userHome);
        } catch (InvalidPathException e) {
            throw MigratorException.unable(
                    Failure.USAGE,
                    "use",
                    "state folder",
                    "this system and its locale cannot name it: " + e.getReason(),
                    "Name another one with --state-dir, or set LC_ALL=C.UTF-8.",
                    e);
        }
    }

    private static Path folder(
            @Nullable String named, Map<String, String> environment, String osName, String userHome) {
        String wanted = named != null ? named : set(environment, "MIGRATOR_STATE_DIR");
        if (wanted != null) {
            return Path.of(wanted).toAbsolutePath().normalize();
        }
        String system = osName.toLowerCase(Locale.ROOT);
        if (system.contains("windows")) {
            String local = set(environment, "LOCALAPPDATA");
            return (local == null ? Path.of(userHome, "AppData", "Local") : Path.of(local)).resolve("migrator");
        }
        if (system.contains("mac")) {
            return Path.of(userHome, "Library", "Application Support", "migrator");
        }
        String state = set(environment, "XDG_STATE_HOME");
        return (state == null ? Path.of(userHome, ".local", "state") : Path.of(state)).resolve("migrator");
    }

    private static @Nullable String set(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
