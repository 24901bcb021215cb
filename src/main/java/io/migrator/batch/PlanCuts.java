package io.migrator.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Cuts what is open of a plan into parts that other processes take one after the other: enough for many of them, and none that
 * takes long, because whoever takes over from one that died begins with a part. A part is named by the sequences it covers.
 */
public final class PlanCuts {
    /** Measured: a part costs 18 ms beyond its work, and each is looked at when the next run begins. */
    private static final int WANTED = 64;

    private static final int MOST = 1000;
    private static final int LEAST_CHUNKS = 2;
    private static final int MOST_CHUNKS = 20;
    private static final long LEAST_BYTES = 64L << 20;
    private static final long MOST_BYTES = 8L << 30;
    /** What a part takes at a limit of the run, where one worker has all of it; four share it, and each takes four times as long. */
    private static final long SECONDS = 15;

    private final long objects;
    private final long bytes;
    private final long leastObjects;
    private final long leastBytes;

    private PlanCuts(long objects, long bytes, long leastObjects, long leastBytes) {
        this.objects = Math.max(objects, leastObjects);
        this.bytes = Math.max(bytes, leastBytes);
        this.leastObjects = leastObjects;
        this.leastBytes = leastBytes;
    }

    /** A row of a plan, with what is to be done for it. */
    public record Row(long sequence, long objects, long bytes) {}

    /** The sequences of a part, both included. */
    public record Range(long from, long until) {
        /** Everything there is. */
        public static final Range ALL = new Range(0, Long.MAX_VALUE);

        /** @param part its name, alone or after the name of its step and a colon */
        public static Range of(String part) {
            String range = part.substring(part.indexOf(':') + 1);
            int dash = range.indexOf('-');
            return new Range(Long.parseLong(range.substring(0, dash)), Long.parseLong(range.substring(dash + 1)));
        }

        @Override
        public String toString() {
            return from + "-" + until;
        }
    }

    /**
     * @param openObjects of the plan, and their bytes
     * @param chunk objects a checkpoint covers
     */
    public static PlanCuts of(long openObjects, long openBytes, int chunk) {
        long many = clamp(openObjects / WANTED, (long) chunk * LEAST_CHUNKS, (long) chunk * MOST_CHUNKS);
        return new PlanCuts(
                many,
                clamp(openBytes / WANTED, LEAST_BYTES, MOST_BYTES),
                (openObjects + MOST - 1) / MOST,
                openBytes / MOST);
    }

    /**
     * The same where the run is to go no faster than that: smaller, or one might take hours, and what is recorded, and handed
     * over, is a chunk at least.
     *
     * @param bytesPerSecond 0 for no limit
     * @param requestsPerSecond of which an object takes one at least; 0 for no limit
     */
    public PlanCuts within(long bytesPerSecond, long requestsPerSecond) {
        return new PlanCuts(
                atMost(objects, requestsPerSecond), atMost(bytes, bytesPerSecond), leastObjects, leastBytes);
    }

    private static long atMost(long some, long perSecond) {
        // Not multiplied, which may be more than 64 bits hold.
        return perSecond == 0 || some / SECONDS < perSecond ? some : perSecond * SECONDS;
    }

    private static long clamp(long value, long least, long most) {
        return Math.max(least, Math.min(most, value));
    }

    /**
     * The parts, as Batch takes them.
     *
     * @param rows those that are open, in order; stays open
     */
    public Map<String, ExecutionContext> parts(Stream<Row> rows) {
        Map<String, ExecutionContext> parts = new LinkedHashMap<>();
        names(rows).forEach(part -> parts.put(part, new ExecutionContext()));
        return parts;
    }

    List<String> names(Stream<Row> rows) {
        List<String> names = new ArrayList<>();
        Part[] part = {new Part()};
        rows.forEach(row -> {
            part[0].add(row);
            if (part[0].objects >= objects || part[0].bytes >= bytes) {
                names.add(String.valueOf(part[0].name()));
                part[0] = new Part();
            }
        });
        String rest = part[0].name();
        if (rest != null) {
            names.add(rest);
        }
        return names;
    }

    /** What is gathered until it is enough. */
    private static final class Part {
        private boolean empty = true;
        private long objects;
        private long bytes;
        private long first;
        private long last;

        void add(Row row) {
            first = empty ? row.sequence() : first;
            empty = false;
            last = row.sequence();
            objects += row.objects();
            bytes += row.bytes();
        }

        @Nullable
        String name() {
            return empty ? null : new Range(first, last).toString();
        }
    }
}
