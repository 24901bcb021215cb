package io.migrator.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a server on this host that changes one byte of contents which pass by, in either direction, and nothing else. */
public final class DamagingProxy implements AutoCloseable {
    /** What a content must hold, again and again, to be damaged. */
    public static final String MARK = "<mark that is damaged on its way>";

    private static final byte[] SOUGHT = MARK.getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket entrance;
    private final int port;
    private final AtomicInteger left;

    /** @param times how many pieces are damaged; the rest pass unharmed */
    public DamagingProxy(int port, int times) {
        this.port = port;
        this.left = new AtomicInteger(times);
        try {
            this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** How many pieces it may still damage. */
    public int left() {
        return left.get();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                daemon(() -> pump(client, server));
                daemon(() -> pump(server, client));
            } catch (IOException e) {
                // The proxy was closed, or the server is gone; the client learns that by its own connection.
                return;
            }
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                damage(buffer, read);
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side hung up: closing the other tells it.
            return;
        }
    }

    private void damage(byte[] piece, int length) {
        for (int i = 0; i + SOUGHT.length <= length; i++) {
            if (matches(piece, i)) {
                if (left.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
                    piece[i] ^= 1;
                }
                return;
            }
        }
    }

    private static boolean matches(byte[] piece, int from) {
        for (int i = 0; i < SOUGHT.length; i++) {
            if (piece[from + i] != SOUGHT[i]) {
                return false;
            }
        }
        return true;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "damaging-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
