package io.migrator.store.driver;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Content that has to keep coming: a server that sends a byte now and then is as good as one that sends none. Not for several threads. */
public final class SteadyStream extends FilterInputStream {
    /** What has to come within the time. */
    public static final int LEAST = 64 << 10;

    private final Duration patience;
    private long waited;
    private long came;

    /** @param patience for so many bytes, or for the rest; only time counts in which they were waited for */
    public SteadyStream(InputStream content, Duration patience) {
        super(content);
        this.patience = patience;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        long begin = System.nanoTime();
        int count = in.read(buffer, offset, length);
        waited += System.nanoTime() - begin;
        came += Math.max(count, 0);
        if (came >= LEAST) {
            came = 0;
            waited = 0;
        } else if (count >= 0 && waited > patience.toNanos()) {
            throw new SocketTimeoutException("only %d bytes in %d s".formatted(came, patience.toSeconds()));
        }
        return count;
    }
}
