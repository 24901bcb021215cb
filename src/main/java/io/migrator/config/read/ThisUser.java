package io.migrator.config.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The user of this process, as file systems number it.
 *
 * @param id empty where they number nobody
 * @param unmapped the number that stands for all users that this container knows none for, so that it says nothing; empty
 *     where there is no such number
 */
public record ThisUser(Optional<Integer> id, Optional<Integer> unmapped) {
    private static final String UID = "unix:uid";
    /** Each number by itself: outside of containers, and in those whose users are the machine's. */
    private static final String ALL = "0 0 4294967295";

    public static ThisUser look() {
        return look(Path.of("/proc"), Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * By what Linux tells of processes; elsewhere, and where that is hidden, by a file that this process makes.
     *
     * @param processes {@code /proc}
     * @param temporary a folder where files can be made
     */
    static ThisUser look(Path processes, Path temporary) {
        Path self = processes.resolve("self");
        Optional<Integer> id = Files.exists(self) ? owner(self) : ownerOfFilesIn(temporary);
        return new ThisUser(id, unmapped(processes));
    }

    private static Optional<Integer> unmapped(Path processes) {
        try {
            String map = Files.readString(processes.resolve("self/uid_map"));
            if (map.strip().replaceAll("\\s+", " ").equals(ALL)) {
                return Optional.empty();
            }
            return Optional.of(Integer.parseInt(Files.readString(processes.resolve("sys/kernel/overflowuid"))
                    .strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> ownerOfFilesIn(Path folder) {
        try {
            Path probe = Files.createTempFile(folder, "migrator", ".tmp");
            try {
                return owner(probe);
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> owner(Path file) {
        try {
            return Optional.of((Integer) Files.getAttribute(file, UID));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
