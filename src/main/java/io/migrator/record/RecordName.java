package io.migrator.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Name of a record's file: {@code 20261130T021500.123Z-nightly-<run id>.jsonl}. By it alone records are sorted, and found by
 * their task.
 *
 * @param task cut where it is too long for a name of a file
 */
record RecordName(Instant startedAt, String task, String runId) {
    static final String ENDING = ".jsonl";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern FORM =
            Pattern.compile("(\\d{8}T\\d{6}\\.\\d{3}Z)-(.*)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.jsonl");
    private static final int LONGEST_TASK = 120;

    static RecordName of(RunStart start) {
        return new RecordName(start.startedAt(), task(start.task()), start.runId());
    }

    /** As it stands in names of files. */
    static String task(String task) {
        String plain = task.replaceAll("[^A-Za-z0-9._-]", "_");
        return plain.substring(0, Math.min(LONGEST_TASK, plain.length()));
    }

    /** Null where it is not the name of a record. */
    static @Nullable RecordName of(String file) {
        Matcher parts = FORM.matcher(file);
        if (!parts.matches()) {
            return null;
        }
        try {
            Instant startedAt = LocalDateTime.parse(parts.group(1), TIME).toInstant(ZoneOffset.UTC);
            return new RecordName(startedAt, parts.group(2), parts.group(3));
        } catch (DateTimeException e) {
            return null;
        }
    }

    String file() {
        return "%s-%s-%s%s".formatted(TIME.format(startedAt), task, runId, ENDING);
    }
}
