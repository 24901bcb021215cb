package io.migrator.store.throttle;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * An object on its way, as slow as a pace wants. It is given up (STOPPED) after a stop was asked for, where the pace
 * holds it back or more is left of it than ends soon. Not for several threads.
 */
public final class PacedStream extends InputStream {
    /** Read at once: small enough that streams take turns, large enough to cost nothing. */
    private static final int SLICE = 64 << 10;
    /** What a stop still waits for. */
    private static final long ENDS_SOON = 8L << 20;

    private final InputStream content;
    private final Pace pace;
    private final long bytesPerToken;
    private final BooleanSupplier stop;
    private final LongConsumer moved;
    private long left;
    private long unpaid;

    /**
     * @param bytesPerToken bytes read for one token of the pace
     * @param size bytes the content has
     */
    public PacedStream(InputStream content, Pace pace, long bytesPerToken, long size, BooleanSupplier stop) {
        this(content, pace, bytesPerToken, size, stop, bytes -> {});
    }

    /**
     * The same.
     *
     * @param moved told of bytes as they are read
     */
    public PacedStream(
            InputStream content, Pace pace, long bytesPerToken, long size, BooleanSupplier stop, LongConsumer moved) {
        this.content = content;
        this.pace = pace;
        this.bytesPerToken = bytesPerToken;
        this.left = size;
        this.stop = stop;
        this.moved = moved;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left > ENDS_SOON && stop.getAsBoolean()) {
            throw stopped();
        }
        int count = content.read(buffer, offset, Math.min(length, SLICE));
        if (count > 0) {
            left -= count;
            moved.accept(count);
            unpaid += count;
            if (unpaid >= bytesPerToken && !pace.await(unpaid / bytesPerToken, stop)) {
                throw stopped();
            }
            unpaid %= bytesPerToken;
        }
        return count;
    }

    private static MigratorException stopped() {
        return new MigratorException(
                Failure.STOPPED, "stopped in the middle of an object, which a restart copies anew");
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
