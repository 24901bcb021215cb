package io.migrator.lab;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

/** Speaks HTTP/2 until the first request, whose answer it begins with headers that never end. */
public final class FloodingServer implements AutoCloseable {
    private static final int PREFACE = 24;
    /** Bytes; more than the buffers of a socket hold. */
    public static final int MOST = 50_000_000;

    private static final byte HEADERS = 1;
    private static final byte SETTINGS = 4;
    private static final byte CONTINUATION = 9;

    private final ServerSocket socket;
    private final byte[] piece;
    private final CompletableFuture<Integer> taken = new CompletableFuture<>();

    /** @param piece what each frame of the flood holds, as HPACK has it */
    public FloodingServer(byte[] piece) {
        this.piece = piece;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "flooding");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        int sent = 0;
        try (Socket client = socket.accept()) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            in.skipNBytes(PREFACE);
            out.write(frame(SETTINGS, 0, new byte[0]));
            int stream = firstRequest(in);
            out.write(frame(HEADERS, stream, new byte[] {(byte) 0x88}));
            byte[] flood = frame(CONTINUATION, stream, piece);
            for (; sent < MOST; sent += flood.length) {
                out.write(flood);
            }
        } catch (IOException e) {
            // The client hung up, as it should.
        } finally {
            taken.complete(sent);
        }
    }

    private static int firstRequest(DataInputStream in) throws IOException {
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            byte type = in.readByte();
            in.readByte();
            int stream = in.readInt();
            in.skipNBytes(length);
            if (type == HEADERS) {
                return stream;
            }
        }
    }

    private static byte[] frame(byte type, int stream, byte[] payload) {
        return java.nio.ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put(type)
                .put((byte) 0)
                .putInt(stream)
                .put(payload)
                .array();
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** How many bytes of the flood were sent before the client hung up. */
    public CompletableFuture<Integer> taken() {
        return taken;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
