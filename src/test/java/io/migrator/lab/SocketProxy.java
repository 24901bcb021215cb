package io.migrator.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A way to a server on this host, on which each piece that passes may be held back or changed. */
public final class SocketProxy implements AutoCloseable {
    /** What happens to a piece before it is passed on. */
    public interface Passing {
        /**
         * @param answer whether it comes from the server
         * @param length how much of the buffer is passed on
         */
        void piece(boolean answer, byte[] buffer, int length);
    }

    private final String name;
    private final ServerSocket entrance;
    private final int port;
    private final Passing passing;

    /** @param port of the server */
    public SocketProxy(String name, int port, Passing passing) {
        this.name = name;
        this.port = port;
        this.passing = passing;
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

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                daemon(() -> pump(client, server, false));
                daemon(() -> pump(server, client, true));
            } catch (IOException e) {
                // The proxy was closed, or the server is gone; the client learns that by its own connection.
                return;
            }
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                passing.piece(answers, buffer, read);
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side hung up: closing the other tells it.
            return;
        }
    }

    private void daemon(Runnable work) {
        Thread thread = new Thread(work, name);
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
