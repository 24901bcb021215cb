package io.migrator.fake.net;

import io.migrator.fake.rpc.Connections;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The open port: looks at the first bytes of a connection and hands it to the gRPC server or the HTTP server behind. */
public final class Mux implements AutoCloseable {
    /** How HTTP/2's preface begins, which no HTTP/1.1 verb in use does. */
    private static final byte[] HTTP_2 = {'P', 'R', 'I'};

    private static final int BUFFER = 64 << 10;

    /** How a TLS handshake begins. */
    private static final int HANDSHAKE = 0x16;

    private final ServerSocket open;
    private final @Nullable SSLContext tls;
    private final boolean clientCertificates;
    private final int grpcPort;
    private final int httpPort;
    private final Connections connections;
    private final Executor executor;

    /**
     * @param open listens already
     * @param tls none for plain text
     * @param clientCertificates whether clients must show one over TLS
     */
    public Mux(
            ServerSocket open,
            @Nullable SSLContext tls,
            boolean clientCertificates,
            int grpcPort,
            int httpPort,
            Connections connections,
            Executor executor) {
        this.open = open;
        this.tls = tls;
        this.clientCertificates = clientCertificates;
        this.grpcPort = grpcPort;
        this.httpPort = httpPort;
        this.connections = connections;
        this.executor = executor;
        executor.execute(this::accept);
    }

    private void accept() {
        while (!open.isClosed()) {
            try {
                Socket client = open.accept();
                executor.execute(() -> serve(client));
            } catch (IOException e) {
                // Closed, or a client that left before it was taken.
            }
        }
    }

    private void serve(Socket raw) {
        try (raw;
                Socket client = tls == null ? raw : secured(raw, tls)) {
            // Else an answer's second frame waits for the first to be acknowledged, up to 40 ms.
            raw.setTcpNoDelay(true);
            byte[] first = client.getInputStream().readNBytes(HTTP_2.length);
            int port = Arrays.equals(first, HTTP_2) ? grpcPort : httpPort;
            try (Socket inner = new Socket(InetAddress.getLoopbackAddress(), port)) {
                inner.setTcpNoDelay(true);
                connections.opened(inner.getLocalPort(), () -> closeBoth(client, inner));
                inner.getOutputStream().write(first);
                executor.execute(() -> {
                    pump(inner, client);
                    closeBoth(client, inner);
                });
                pump(client, inner);
                connections.closed(inner.getLocalPort());
            }
        } catch (IOException e) {
            // A client that went away or could not agree on TLS: its own business.
        }
    }

    /** A client that does not begin with a handshake is cut without a word, as Go's servers do. */
    private Socket secured(Socket raw, SSLContext context) throws IOException {
        int first = raw.getInputStream().read();
        if (first != HANDSHAKE) {
            throw new IOException("not a TLS handshake");
        }
        SSLSocket secure = (SSLSocket)
                context.getSocketFactory().createSocket(raw, new ByteArrayInputStream(new byte[] {(byte) first}), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        parameters.setNeedClientAuth(clientCertificates);
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private static void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // Either side closed; the caller closes the other.
        }
    }

    private static void closeBoth(Socket one, Socket other) {
        for (Socket socket : new Socket[] {one, other}) {
            try {
                socket.close();
            } catch (IOException e) {
                // Closed already.
            }
        }
    }

    @Override
    public void close() {
        try {
            open.close();
        } catch (IOException e) {
            // Nothing listens any more, which is what was wanted.
        }
        connections.cutAll();
    }
}
