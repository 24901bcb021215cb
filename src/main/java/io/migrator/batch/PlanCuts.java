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
    /** Measured: a part costs some 20 ms beyond its work, and each is looked at when the next run begins. */
    private static final int WANTED = 64;

    private static final int MOST = 1000;
    /** So many parts' worth is cut in halves at the end: whoever has no more to do waits for the others. */
    private static final int LAST = 8;

    /** The most there are where none is cut in halves; of those at the end each half may be half of objects or half of bytes. */
    private static final int WHOLE = MOST - 4 * LAST;

    /** What is rounded must not make a part of two. */
    private static final double ALMOST = 0.999;

    private static final int LEAST_CHUNKS = 2;
    private static final int MOST_CHUNKS = 20;
    /** A part may be less than a chunk, or a plan of some thousand objects would be of use to two or three. */
    private static final long LEAST_OBJECTS = 50;

    private static final long LEAST_BYTES = 16L << 20;
    private static final long MOST_BYTES = 8L << 30;
    /** What a part takes at a limit of the run, where one worker has all of it; four share it, and each takes four times as long. */
    private static final long SECONDS = 15;

    private final long openObjects;
    private final long openBytes;
    private final long least;
    private final long objects;
    private final long bytes;

    private PlanCuts(long openObjects, long openBytes, long least, long objects, long bytes) {
        this.openObjects = openObjects;
        this.openBytes = openBytes;
        this.least = least;
        this.objects = Math.max(objects, (openObjects + WHOLE - 1) / WHOLE);
        this.bytes = Math.max(bytes, openBytes / WHOLE);
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
        long least = Math.min((long) chunk * LEAST_CHUNKS, LEAST_OBJECTS);
        long many = clamp(openObjects / WANTED, least, (long) chunk * MOST_CHUNKS);
        return new PlanCuts(openObjects, openBytes, least, many, clamp(openBytes / WANTED, LEAST_BYTES, MOST_BYTES));
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
                openObjects, openBytes, least, atMost(objects, requestsPerSecond), atMost(bytes, bytesPerSecond));
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
        Cutting cutting = new Cutting();
        rows.forEach(cutting::add);
        return cutting.names();
    }

    /** The parts so far, and what is gathered for the next. */
    private final class Cutting {
        private final List<String> names = new ArrayList<>();
        private long objectsLeft = openObjects;
        private long bytesLeft = openBytes;
        private Part part = new Part();

        void add(Row row) {
            part.add(row);
            boolean last = objectsLeft <= LAST * objects && bytesLeft <= LAST * bytes;
            long wanted = last ? Math.min(objects, Math.max(least, objects / 2)) : objects;
            if ((part.objects >= wanted || part.bytes >= (last ? bytes / 2 : bytes)) && (last || isWorthOne())) {
                end();
            }
        }

        /** Else a plan of many small rows and many large ones would have twice the most. */
        private boolean isWorthOne() {
            double shares = openBytes == 0 ? 1 : 2;
            double has = (double) part.objects / openObjects + (openBytes == 0 ? 0 : (double) part.bytes / openBytes);
            return has * WHOLE >= shares * ALMOST;
        }

        private void end() {
            names.add(String.valueOf(part.name()));
            objectsLeft -= part.objects;
            bytesLeft -= part.bytes;
            part = new Part();
        }

        List<String> names() {
            if (part.name() != null) {
                end();
            }
            return names;
        }
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
