package io.migrator.store.driver;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Memory outside the heap, in pieces that are used again and again: on the heap so large arrays of a short life fragment a
 * small one, and are cleared each time. Holds as much as was ever in use at once. For many threads.
 */
public final class OffHeap {
    public static final int PIECE = 256 << 10;

    private final Deque<ByteBuffer> free = new ArrayDeque<>();

    public ByteBuffer take() {
        synchronized (free) {
            ByteBuffer piece = free.pollFirst();
            if (piece != null) {
                return piece.clear();
            }
        }
        return ByteBuffer.allocateDirect(PIECE);
    }

    public void giveBack(List<ByteBuffer> pieces) {
        synchronized (free) {
            pieces.forEach(free::addFirst);
        }
    }
}
