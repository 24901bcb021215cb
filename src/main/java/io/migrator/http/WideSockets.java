package io.migrator.http;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * Sockets that ask the kernel for more at once than the client does, which moves 8 KiB each time. What is small goes straight
 * through: a connection over which no content goes holds no buffer.
 */
public final class WideSockets extends LateSockets {
    private static final int PIECE = 8 << 10;
    private static final int WIDTH = 64 << 10;

    @Override
    public Socket createSocket() {
        return new Wide();
    }

    private static final class Wide extends Socket {
        @Override
        public InputStream getInputStream() throws IOException {
            return new WideInput(super.getInputStream());
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new WideOutput(super.getOutputStream());
        }
    }

    /** Reads ahead once a whole piece came at once. */
    private static final class WideInput extends FilterInputStream {
        private byte[] ahead = new byte[0];
        private int from;
        private int to;
        private boolean flows;

        WideInput(InputStream socket) {
            super(socket);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (from == to) {
                if (!flows || length >= WIDTH) {
                    int count = in.read(bytes, offset, length);
                    flows = count >= PIECE / 2;
                    return count;
                }
                ahead = ahead.length == 0 ? new byte[WIDTH] : ahead;
                int count = in.read(ahead, 0, WIDTH);
                if (count < 0) {
                    return -1;
                }
                flows = count >= PIECE / 2;
                from = 0;
                to = count;
            }
            int count = Math.min(length, to - from);
            System.arraycopy(ahead, from, bytes, offset, count);
            from += count;
            return count;
        }

        /** TLS drains a connection that it closes by skipping what is available. */
        @Override
        public long skip(long count) throws IOException {
            if (from == to) {
                return in.skip(count);
            }
            int skipped = (int) Math.max(0, Math.min(count, to - from));
            from += skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return to - from + in.available();
        }
    }

    /** Gathers whole pieces until there are enough of them, or until they are to be sent. */
    private static final class WideOutput extends FilterOutputStream {
        private byte[] gathered = new byte[0];
        private int count;

        WideOutput(OutputStream socket) {
            super(socket);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (count + length > WIDTH) {
                send();
            }
            if (length >= WIDTH || (count == 0 && length < PIECE)) {
                out.write(bytes, offset, length);
                return;
            }
            gathered = gathered.length == 0 ? new byte[WIDTH] : gathered;
            System.arraycopy(bytes, offset, gathered, count, length);
            count += length;
        }

        private void send() throws IOException {
            out.write(gathered, 0, count);
            count = 0;
        }

        @Override
        public void flush() throws IOException {
            if (count > 0) {
                send();
            }
            out.flush();
        }
    }
}
