package io.migrator.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what is open of the plan into parts that other processes take one after the other: enough for many of them, and none that
 * takes long, because whoever takes over from one that died begins with a part. A part is named by the sequences it covers.
 */
final class PlanCuts {
    /** Measured: a part costs 18 ms beyond its copies, and each is looked at when the next run begins. */
    private static final int WANTED = 64;

    private static final int MOST = 1000;
    private static final int LEAST_CHUNKS = 2;
    private static final int MOST_CHUNKS = 20;
    private static final long LEAST_BYTES = 64L << 20;
    private static final long MOST_BYTES = 8L << 30;

    private final long objects;
    private final long bytes;

    private PlanCuts(long objects, long bytes) {
        this.objects = objects;
        this.bytes = bytes;
    }

    /**
     * @param open of the plan
     * @param chunk objects a checkpoint covers
     */
    static PlanCuts of(CopyPlan.Totals open, int chunk) {
        long many = clamp(open.objects() / WANTED, (long) chunk * LEAST_CHUNKS, (long) chunk * MOST_CHUNKS);
        return new PlanCuts(
                Math.max(many, (open.objects() + MOST - 1) / MOST),
                Math.max(clamp(open.bytes() / WANTED, LEAST_BYTES, MOST_BYTES), open.bytes() / MOST));
    }

    private static long clamp(long value, long least, long most) {
        return Math.max(least, Math.min(most, value));
    }

    /** @param rows sequence and size of each open row, in order */
    List<String> names(Stream<long[]> rows) {
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
        private long objects;
        private long bytes;
        private long first;
        private long last;

        void add(long[] row) {
            first = objects == 0 ? row[0] : first;
            last = row[0];
            objects++;
            bytes += row[1];
        }

        @Nullable
        String name() {
            return objects == 0 ? null : first + "-" + last;
        }
    }
}
