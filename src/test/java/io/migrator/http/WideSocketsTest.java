package io.migrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WideSocketsTest {
    private static final int LENGTH = 1_000_003;

    /** Pieces as the client moves them, and such as no buffer fits. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 8_192, 8_193, 65_536, 70_000})
    void passOnEveryByteInOrder(int piece) throws IOException {
        byte[] content = new byte[LENGTH];
        new Random(piece).nextBytes(content);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new WideSockets().createSocket()) {
            CompletableFuture<Void> echo = CompletableFuture.runAsync(() -> echo(server));
            socket.connect(server.getLocalSocketAddress());
            CompletableFuture<byte[]> back = CompletableFuture.supplyAsync(() -> read(socket, piece));
            OutputStream out = socket.getOutputStream();
            out.write('a');
            out.flush();
            for (int at = 0; at < LENGTH; at += piece) {
                out.write(content, at, Math.min(piece, LENGTH - at));
            }
            out.flush();
            socket.shutdownOutput();

            byte[] came = back.join();
            assertThat(came[0]).isEqualTo((byte) 'a');
            assertThat(Arrays.equals(content, Arrays.copyOfRange(came, 1, came.length)))
                    .isTrue();
            echo.join();
        }
    }

    private static void echo(ServerSocket server) {
        try (Socket peer = server.accept()) {
            peer.getInputStream().transferTo(peer.getOutputStream());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] read(Socket socket, int piece) {
        try {
            InputStream in = socket.getInputStream();
            byte[] all = new byte[LENGTH + 1];
            int length = 0;
            for (int count = 0; count >= 0; count = in.read(all, length, Math.min(piece, all.length - length))) {
                length += count;
                if (length == all.length) {
                    assertThat(in.read()).isEqualTo(-1);
                    return all;
                }
            }
            return Arrays.copyOf(all, length);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
