package io.migrator.lab;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A double of a pooler before PostgreSQL, such as PgBouncer, in transaction mode: one session of the server for all clients, lent
 * to each for a transaction. The first client proves who it is to the server, the others are believed.
 */
public final class TransactionPooler implements AutoCloseable {
    private static final int SSL_REQUEST = 80_877_103;

    private final ServerSocket entrance;
    private final int port;
    private final Semaphore session = new Semaphore(1);
    private @Nullable Socket server;
    private byte[] greeting = {};

    /** @param port of the server */
    public TransactionPooler(int port) {
        this.port = port;
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

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "pooler");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                daemon(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            greet(in, out);
            lend(in, out);
        } catch (IOException e) {
            // The client is gone, which is how it ends.
            return;
        }
    }

    private void greet(DataInputStream in, DataOutputStream out) throws IOException {
        byte[] first = startup(in);
        while (first.length == 4) {
            out.write('N');
            first = startup(in);
        }
        session.acquireUninterruptibly();
        try {
            if (server == null) {
                Socket made = new Socket(InetAddress.getLoopbackAddress(), port);
                DataOutputStream to = new DataOutputStream(made.getOutputStream());
                to.writeInt(first.length + 4);
                to.write(first);
                server = made;
                prove(made, in, out);
            } else {
                out.write(greeting);
            }
        } finally {
            session.release();
        }
    }

    /** Passes on what both say until the server is ready, and keeps what it said of itself. */
    private void prove(Socket made, DataInputStream in, DataOutputStream out) throws IOException {
        DataInputStream from = new DataInputStream(made.getInputStream());
        DataOutputStream to = new DataOutputStream(made.getOutputStream());
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        DataOutputStream keeping = new DataOutputStream(kept);
        for (byte type = 0; type != 'Z'; ) {
            byte[] message = message(from);
            type = message[0];
            out.write(message);
            boolean asks = type == 'R' && message[8] != 0 && message[8] != 12;
            if (asks) {
                to.write(message(in));
            } else if (type != 'R' || message[8] == 0) {
                keeping.write(message);
            }
        }
        greeting = kept.toByteArray();
    }

    private void lend(DataInputStream in, DataOutputStream out) throws IOException {
        boolean lent = false;
        try {
            while (true) {
                byte[] message = message(in);
                if (message[0] == 'X') {
                    return;
                }
                if (!lent) {
                    session.acquireUninterruptibly();
                    lent = true;
                }
                Socket to = server;
                if (to == null) {
                    return;
                }
                to.getOutputStream().write(message);
                if ((message[0] == 'Q' || message[0] == 'S') && answered(to, out) == 'I') {
                    session.release();
                    lent = false;
                }
            }
        } finally {
            if (lent) {
                giveUp();
                session.release();
            }
        }
    }

    /** A client left within a transaction: the next gets another session. */
    private void giveUp() throws IOException {
        Socket left = server;
        server = null;
        if (left != null) {
            left.close();
        }
    }

    /** The state of the session after the answer: I where it is in no transaction. */
    private static byte answered(Socket from, DataOutputStream out) throws IOException {
        DataInputStream answers = new DataInputStream(from.getInputStream());
        while (true) {
            byte[] answer = message(answers);
            out.write(answer);
            if (answer[0] == 'Z') {
                return answer[5];
            }
        }
    }

    private static byte[] startup(DataInputStream in) throws IOException {
        byte[] content = new byte[in.readInt() - 4];
        in.readFully(content);
        boolean asksForTls =
                content.length == 4 && new DataInputStream(new ByteArrayInputStream(content)).readInt() == SSL_REQUEST;
        if (content.length == 4 && !asksForTls) {
            throw new EOFException("no session is asked for");
        }
        return content;
    }

    private static byte[] message(DataInputStream in) throws IOException {
        byte type = in.readByte();
        int length = in.readInt();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(whole);
        out.writeByte(type);
        out.writeInt(length);
        out.write(in.readNBytes(length - 4));
        return whole.toByteArray();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        Socket open = server;
        if (open != null) {
            open.close();
        }
    }
}
