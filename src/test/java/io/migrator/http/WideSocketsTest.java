package io.migrator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.net.Certificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WideSocketsTest {
    private static final int LENGTH = 1_000_003;
    private static final int BODY = 200_000;

    @TempDir
    private Path dir;

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

    /** As whoever drains a connection does: what is said to be there can be skipped without waiting for more. */
    @Test
    void skipWhatIsAvailable() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket socket = new WideSockets().createSocket()) {
            socket.setSoTimeout(10_000);
            socket.connect(server.getLocalSocketAddress());
            try (Socket peer = server.accept()) {
                byte[] content = new byte[BODY];
                new Random(1).nextBytes(content);
                CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(peer, content));
                InputStream in = socket.getInputStream();
                in.readNBytes(8_192);
                in.readNBytes(5);
                int at = 8_197;
                assertThat(in.skip(0)).isZero();
                while (at < BODY - 1) {
                    at += (int) in.skip(Math.min(in.available(), BODY - 1 - at));
                }
                assertThat((byte) in.read()).isEqualTo(content[BODY - 1]);
                assertThat(in.available()).isZero();
                sent.join();
            }
        }
    }

    /** TLS drains what lies in the socket when it is closed, and asks how much that is. */
    @Test
    void endAtOnceWhereTlsIsClosedInMidBody() throws IOException, GeneralSecurityException {
        Certificates certificates = Certificates.make(dir);
        SSLContext client = trusting(certificates);
        try (ServerSocket server = certificates
                        .serverContext()
                        .getServerSocketFactory()
                        .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket plain = new WideSockets().createSocket()) {
            plain.connect(server.getLocalSocketAddress());
            try (Socket peer = server.accept()) {
                CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(peer, new byte[BODY]));
                Socket secured =
                        client.getSocketFactory().createSocket(plain, "localhost", server.getLocalPort(), true);
                secured.getInputStream().readNBytes(BODY / 4);

                CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> close(secured));
                assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
                sent.handle((done, fault) -> done).join();
            }
        }
    }

    private static SSLContext trusting(Certificates certificates) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(certificates.caPem())) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static void send(Socket peer, byte[] content) {
        try {
            peer.getOutputStream().write(content);
            peer.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
