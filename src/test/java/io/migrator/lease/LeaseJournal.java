package io.migrator.lease;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the races showed, as lines of JSON in {@code target/reliability/lease.jsonl}, for docs/reliability.md. */
public final class LeaseJournal {
    private static final Path FILE = Path.of("target", "reliability", "lease.jsonl");

    private LeaseJournal() {}

    /**
     * @param winners rounds with exactly one winner
     */
    public static void add(String store, String racers, int rounds, int winners) throws IOException {
        Files.createDirectories(FILE.toAbsolutePath().getParent());
        String line = "{\"store\":\"%s\",\"racers\":\"%s\",\"rounds\":%d,\"winners\":%d}%n"
                .formatted(store, racers, rounds, winners);
        Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
