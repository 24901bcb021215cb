package io.migrator.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The network between one host and a server: an address of this machine that leads to it, and that can be cut, go silent, or be
 * slow. Another host has another wire to the same server, and the same port on another address.
 */
public final class Wire implements AutoCloseable {
    private enum State {
        OPEN,
        SILENT,
        CUT
    }

    private final ServerSocket entrance;
    private final InetAddress address;
    private final int server;
    private final long delayNanos;
    private final Pace up;
    private final Pace down;
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
    private State state = State.OPEN;

    private Wire(String address, int port, int server, long delayMillis, long bytesPerSecond) {
        this.server = server;
        this.delayNanos = TimeUnit.MILLISECONDS.toNanos(delayMillis);
        this.up = new Pace(bytesPerSecond);
        this.down = new Pace(bytesPerSecond);
        try {
            this.address = InetAddress.getByName(address);
            this.entrance = new ServerSocket(port, 200, this.address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /**
     * @param address of the loopback network, such as 127.0.0.2
     * @param port 0 for any
     * @param server its port on this host
     */
    public static Wire to(String address, int port, int server) {
        return new Wire(address, port, server, 0, Long.MAX_VALUE);
    }

    /**
     * @param delayMillis from a request to the first of its answer
     * @param bytesPerSecond each way, of all connections together
     */
    public static Wire slow(String address, int port, int server, long delayMillis, long bytesPerSecond) {
        return new Wire(address, port, server, delayMillis, bytesPerSecond);
    }

    public String host() {
        return address.getHostAddress();
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** Connections break, and no new ones come about. */
    public void cut() {
        become(State.CUT);
        passages.forEach(Passage::reset);
    }

    /** Nothing passes any more, and nobody is told. */
    public void silence() {
        become(State.SILENT);
    }

    /** The server takes the host for gone, and the host has not noticed: nothing passes, and nobody tells it. */
    public void lose() {
        become(State.SILENT);
        passages.forEach(Passage::leaveServer);
    }

    /** All is well again; what was underway of connections that are left goes on. */
    public void mend() {
        become(State.OPEN);
    }

    private synchronized void become(State next) {
        state = next;
        notifyAll();
    }

    private synchronized boolean open() {
        boolean interrupted = false;
        while (state == State.SILENT) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return state == State.OPEN;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                daemon(() -> connect(client));
            } catch (IOException e) {
                // Closed.
                return;
            }
        }
    }

    private void connect(Socket client) {
        Passage passage = null;
        try {
            if (open()) {
                passage = new Passage(client, new Socket(InetAddress.getLoopbackAddress(), server));
                passages.add(passage);
                passage.begin();
            }
        } catch (IOException e) {
            // The server is gone; the client learns that by its own connection.
            passage = null;
        }
        if (passage == null) {
            reset(client);
        }
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
            return;
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection. */
    private final class Passage {
        private final Socket client;
        private final Socket behind;
        private volatile boolean asked;

        Passage(Socket client, Socket behind) throws IOException {
            this.client = client;
            this.behind = behind;
            client.setTcpNoDelay(true);
            behind.setTcpNoDelay(true);
        }

        void begin() {
            daemon(() -> pump(client, behind, false));
            daemon(() -> pump(behind, client, true));
        }

        void reset() {
            Wire.reset(client);
            Wire.reset(behind);
        }

        void leaveServer() {
            Wire.reset(behind);
        }

        private void pump(Socket from, Socket to, boolean answers) {
            byte[] buffer = new byte[1 << 16];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(buffer); read >= 0 && open(); read = in.read(buffer)) {
                    if (answers && asked) {
                        asked = false;
                        TimeUnit.NANOSECONDS.sleep(delayNanos);
                    }
                    (answers ? down : up).pass(read);
                    if (!answers) {
                        asked = true;
                    }
                    out.write(buffer, 0, read);
                }
            } catch (IOException e) {
                // One side hung up: closing the other tells it.
                asked = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            open();
            passages.remove(this);
            reset();
        }
    }

    /** Holds back what is more than so many bytes a second. */
    private static final class Pace {
        private final double nanosPerByte;
        private long next = System.nanoTime();

        Pace(long bytesPerSecond) {
            this.nanosPerByte = 1e9 / bytesPerSecond;
        }

        void pass(int bytes) throws InterruptedException {
            long wait;
            synchronized (this) {
                long now = System.nanoTime();
                next = Math.max(next, now) + (long) (bytes * nanosPerByte);
                wait = next - now;
            }
            TimeUnit.NANOSECONDS.sleep(wait);
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
