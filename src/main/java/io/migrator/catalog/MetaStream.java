package io.migrator.catalog;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;

/**
 * A meta as it is read. Nobody vouches for its size, nor for how much memory its bytes become ({@code {},} becomes thirty
 * times as much): it is given up at the most bytes a meta may have, and before the heap is full of what was read so far.
 */
public final class MetaStream extends FilterInputStream {
    /** A meta of a million objects has about 200 MB. */
    static final long MOST_BYTES = 1L << 30;

    /** What is left serves the lists that are copied when they are complete, and the rest of the program. */
    private static final double FULL_FROM = 0.7;

    private static final int LOOK_EVERY = 64 << 10;
    /** After a collection that was asked for. */
    private static final int LOOK_AGAIN = 2 << 20;

    /** They live as long as the process. */
    private static final List<MemoryPoolMXBean> HEAP = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();

    private long read;
    private long nextLook = LOOK_EVERY;

    /** A meta is larger than may be; the message says which bound it broke, and what to do where it is the heap. */
    public static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(String message) {
            super(message);
        }
    }

    /** @param in is closed with this */
    public MetaStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        count(Math.max(count, 0));
        return count;
    }

    private void count(int bytes) throws TooLargeException {
        read += bytes;
        if (read > MOST_BYTES) {
            throw new TooLargeException("it has more than the %d bytes a meta may have".formatted(MOST_BYTES));
        }
        if (read >= nextLook) {
            nextLook = read + LOOK_EVERY;
            requireRoom();
        }
    }

    private void requireRoom() throws TooLargeException {
        if (usedNow() <= full() || usedAfterCollection() <= full()) {
            return;
        }
        // The last collection may have been before what it kept became garbage.
        System.gc();
        if (usedNow() > full()) {
            throw new TooLargeException(
                    ("what its first %d KiB describe needs more than the %d MiB of memory that Java has;"
                                    + " where the backup is that large, give it more with -Xmx")
                            .formatted(read >> 10, Runtime.getRuntime().maxMemory() >> 20));
        }
        nextLook = read + LOOK_AGAIN;
    }

    private static long full() {
        return (long) (Runtime.getRuntime().maxMemory() * FULL_FROM);
    }

    private static long usedNow() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long usedAfterCollection() {
        return HEAP.stream()
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(usage -> usage != null)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }
}
