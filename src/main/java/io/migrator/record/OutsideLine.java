package io.migrator.record;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines that say what servers are at for a run: one for what changed in a second, so that the file stays small. For one thread. */
final class OutsideLine {
    static final String TYPE = "outside";

    private static final String AT_WORK = "at_work";
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    /** So that the end of a record holds it. */
    private static final int MOST = 100;

    private List<String> now = List.of();
    private List<String> told = List.of();
    private long toldAt = System.nanoTime() - PAUSE_NANOS;

    void now(List<String> atWork) {
        now = atWork.subList(0, Math.min(MOST, atWork.size()));
    }

    /** Null where there is nothing new. */
    @Nullable
    Map<String, Object> due(Instant at) {
        return System.nanoTime() - toldAt < PAUSE_NANOS ? null : last(at);
    }

    /** The same, however soon it is. */
    @Nullable
    Map<String, Object> last(Instant at) {
        if (now.equals(told)) {
            return null;
        }
        told = now;
        toldAt = System.nanoTime();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put(LineReader.TYPE, TYPE);
        line.put("at", at.toString());
        line.put(AT_WORK, now);
        return line;
    }

    /** What such a line says; null where it is none. */
    static @Nullable List<String> of(Map<String, Object> line) {
        return TYPE.equals(line.get(LineReader.TYPE))
                ? new Fields(line).list(AT_WORK).stream().map(String::valueOf).toList()
                : null;
    }
}
