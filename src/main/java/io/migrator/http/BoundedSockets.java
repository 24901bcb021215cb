package io.migrator.http;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sockets that take so many bytes and no more between two writes. The client holds whole lines in memory, and the head of
 * a chunk is one, however long it is.
 */
final class BoundedSockets extends LateSockets {
    private final long most;

    BoundedSockets(long most) {
        this.most = most;
    }

    @Override
    public Socket createSocket() {
        return new Bounded(most);
    }

    private static final class Bounded extends Socket {
        private final long most;
        private final AtomicLong left;

        Bounded(long most) {
            this.most = most;
            this.left = new AtomicLong(most);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    if (left.get() <= 0) {
                        throw new ProtocolException("its answer takes more than %d bytes".formatted(most));
                    }
                    int count = super.read(bytes, from, length);
                    left.addAndGet(-Math.max(0, count));
                    return count;
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    left.set(most);
                    out.write(bytes, from, length);
                }

                @Override
                public void write(int one) throws IOException {
                    left.set(most);
                    out.write(one);
                }
            };
        }
    }
}
