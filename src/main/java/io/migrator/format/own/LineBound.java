package io.migrator.format.own;

import io.migrator.format.DamagedMetaException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Unzipped lines: gives up a line that is longer than any may be, of which a zipped kilobyte can hold a gigabyte. */
final class LineBound extends FilterInputStream {
    /** A line holds two keys, of at most 1,024 bytes in any store, each byte of which JSON may write as six. */
    static final int MOST_BYTES = 64 << 10;

    /** What the parser reads ahead of the line it is in. */
    private static final int AHEAD = 16 << 10;

    private long left = MOST_BYTES + AHEAD;

    LineBound(InputStream unzipped) {
        super(unzipped);
    }

    void nextLine() {
        left = MOST_BYTES + AHEAD;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        take(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, Math.min(length, AHEAD));
        take(Math.max(count, 0));
        return count;
    }

    private void take(int bytes) throws DamagedMetaException {
        left -= bytes;
        if (left < 0) {
            throw new DamagedMetaException("a line has more than " + MOST_BYTES + " bytes");
        }
    }
}
