package io.migrator.store.driver;

import java.io.InputStream;

/**
 * An object as a stream, for clients that give it in blocks: each is one request, so each is repeated by itself and one
 * block is in memory at a time. Not for several threads.
 */
public final class BlockStream extends InputStream {
    /** A request each 4 MiB costs little, and 16 streams of them fit a small heap. */
    public static final int BLOCK = 4 << 20;

    /** Gives what is at a position. */
    public interface Blocks {
        /** At most {@link #BLOCK} bytes from the position on; none only at the end of the object. */
        byte[] from(long position);
    }

    private final Blocks blocks;
    private byte[] block;
    private int used;
    private long position;

    /** Fetches the first block. */
    public BlockStream(Blocks blocks) {
        this.blocks = blocks;
        this.block = blocks.from(0);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (used == block.length && block.length > 0) {
            position += block.length;
            used = 0;
            block = blocks.from(position);
        }
        int count = Math.min(length, block.length - used);
        System.arraycopy(block, used, buffer, offset, count);
        used += count;
        return count == 0 ? -1 : count;
    }
}
