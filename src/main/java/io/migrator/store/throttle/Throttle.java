package io.migrator.store.throttle;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * How fast a job may copy and ask. Zero is without a limit.
 *
 * @param bytesPerSecond bytes of objects copied, whether they pass through this process or not
 * @param requestsPerSecond requests to each of the two stores
 * @param sharers processes that share these now, at least 1
 */
public record Throttle(long bytesPerSecond, long requestsPerSecond, IntSupplier sharers) {
    public static final Throttle NONE = new Throttle(0, 0);

    public Throttle {
        if (bytesPerSecond < 0 || requestsPerSecond < 0) {
            throw new IllegalArgumentException("a rate below 0");
        }
    }

    /** Equal to itself, as two limits of the same numbers are. */
    private enum Alone implements IntSupplier {
        ONE;

        @Override
        public int getAsInt() {
            return 1;
        }
    }

    /** Of a process that shares it with nobody. */
    public Throttle(long bytesPerSecond, long requestsPerSecond) {
        this(bytesPerSecond, requestsPerSecond, Alone.ONE);
    }

    /** The same for one of several processes. */
    public Throttle sharedBy(IntSupplier processes) {
        return new Throttle(bytesPerSecond, requestsPerSecond, processes);
    }

    /** As the parameters of any job that copies say it. */
    public static Throttle of(UnaryOperator<String> parameter) {
        return of(parameter.apply("max-bytes-per-second"), parameter.apply("max-requests-per-second"));
    }

    /**
     * As the two parameters say it; empty is without a limit.
     *
     * @param bytes a whole number, up to 9 digits; K, M or G after it are 1,024 bytes, and 1,024 of the unit before
     * @param requests a whole number
     */
    public static Throttle of(String bytes, String requests) {
        return new Throttle(bytes.isEmpty() ? 0 : bytes(bytes), requests.isEmpty() ? 0 : Long.parseLong(requests));
    }

    private static long bytes(String text) {
        int unit = 1 + "KMG".indexOf(text.charAt(text.length() - 1));
        return Long.parseLong(unit == 0 ? text : text.substring(0, text.length() - 1)) << (10 * unit);
    }

    public Pace bytes(LongSupplier nanos, Pace.Pause pause) {
        return new Pace(bytesPerSecond, sharers, nanos, pause);
    }

    public Pace requests(LongSupplier nanos, Pace.Pause pause) {
        return new Pace(requestsPerSecond, sharers, nanos, pause);
    }
}
