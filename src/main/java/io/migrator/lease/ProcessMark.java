package io.migrator.lease;

import io.migrator.format.own.Lease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What tells a process from every other that ever was, where Linux lets it be told: boot and pid namespace, and the start
 * in ticks since the boot, which no change of the clock moves. Two containers with one host name do not mistake each
 * other's pids.
 *
 * @param machine empty where it cannot be told
 * @param start 0 where it cannot be told
 */
public record ProcessMark(String machine, long start) {
    /** System property: tells this machine from others in place of boot and namespace; empty: proves nothing. */
    static final String PROPERTY = "migrator.lease.machine";

    private static final Path PROC = Path.of("/proc");

    /** What can be said of the process that wrote a lease. */
    public enum Sign {
        ALIVE,
        DEAD,
        UNKNOWN
    }

    public static ProcessMark look() {
        String named = System.getProperty(PROPERTY);
        try {
            String machine = named == null
                    ? Files.readString(PROC.resolve("sys/kernel/random/boot_id"))
                                    .strip()
                            + " "
                            + Files.readSymbolicLink(PROC.resolve("self/ns/pid"))
                    : named;
            return new ProcessMark(machine, startOf(ProcessHandle.current().pid()));
        } catch (IOException | UnsupportedOperationException e) {
            return new ProcessMark(named == null ? "" : named, 0);
        }
    }

    Sign of(Lease lease) {
        return of(new ProcessMark(lease.machine(), lease.processStart()), lease.pid());
    }

    /** Of the process that left this mark, as seen from this one. */
    public Sign of(ProcessMark other, long pid) {
        if (machine.isEmpty() || !machine.equals(other.machine()) || other.start() == 0 || start == 0) {
            return Sign.UNKNOWN;
        }
        try {
            return startOf(pid) == other.start() ? Sign.ALIVE : Sign.DEAD;
        } catch (IOException e) {
            // Where the first process is hidden (hidepid), so are others that may be alive.
            return Files.exists(PROC.resolve("1/stat")) ? Sign.DEAD : Sign.UNKNOWN;
        }
    }

    /** Field 22 of {@code /proc/<pid>/stat}, see proc(5); the name before it may hold spaces and parentheses. */
    static long startOf(long pid) throws IOException {
        String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        if (afterName.length < 20) {
            throw new IOException("unknown form of /proc/" + pid + "/stat");
        }
        return Long.parseLong(afterName[19]);
    }
}
