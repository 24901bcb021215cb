package io.migrator.transfer;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** One object on its way: what a watch was told of its bytes ends as its size, or as nothing. For several threads. */
final class Moving implements LongConsumer {
    private final CopyWatch watch;
    private final long size;
    private final AtomicLong told = new AtomicLong();

    Moving(CopyWatch watch, long size) {
        this.watch = watch;
        this.size = size;
    }

    /** So many more bytes passed; those that pass a second time are not counted. */
    @Override
    public void accept(long bytes) {
        long before = told.getAndUpdate(sum -> Math.min(size, sum + bytes));
        long more = Math.min(size, before + bytes) - before;
        if (more > 0) {
            watch.advance(0, more);
        }
    }

    void ended(boolean copied) {
        if (copied) {
            watch.advance(1, size - told.getAndSet(size));
        } else {
            watch.advance(0, -told.getAndSet(0));
        }
    }
}
