package io.migrator.store;

import java.io.InputStream;

/** A large stream that needs no memory: the same block again and again. */
final class RepeatedBlock extends InputStream {
    private final byte[] block;
    private final long size;
    private long position;

    RepeatedBlock(byte[] block, int times) {
        this.block = block;
        this.size = (long) block.length * times;
    }

    @Override
    public int read() {
        return position == size ? -1 : block[(int) (position++ % block.length)] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (position == size) {
            return -1;
        }
        int from = (int) (position % block.length);
        int count = Math.min(length, block.length - from);
        System.arraycopy(block, from, buffer, offset, count);
        position += count;
        return count;
    }
}
