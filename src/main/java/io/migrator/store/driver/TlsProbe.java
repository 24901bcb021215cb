package io.migrator.store.driver;

import io.migrator.config.SecondsProperty;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Finds out what a port speaks after a connection failed, by one connection more; no request and no secret goes along. */
final class TlsProbe {
    private static final SecondsProperty LIMIT =
            new SecondsProperty("migrator.store.probeSeconds", Duration.ofSeconds(3));

    private TlsProbe() {}

    static boolean speaksPlainHttp(String host, int port) {
        try (Socket socket = connected(host, port)) {
            socket.getOutputStream().write("OPTIONS * HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] start = socket.getInputStream().readNBytes(12);
            // A server of TLS may say so in plain words, by 400.
            return new String(start, StandardCharsets.ISO_8859_1).startsWith("HTTP/")
                    && !Arrays.equals(Arrays.copyOfRange(start, 9, 12), new byte[] {'4', '0', '0'});
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    static boolean speaksTls(String host, int port) {
        try (Socket plain = connected(host, port);
                Socket secured =
                        ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true)) {
            ((SSLSocket) secured).startHandshake();
            return true;
        } catch (IOException e) {
            return isAboutCertificate(e);
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Whether a handshake came as far as a certificate that is not trusted. */
    static boolean isAboutCertificate(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private static Socket connected(String host, int port) throws IOException {
        int limit = (int) LIMIT.value().toMillis();
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(host, port), limit);
        socket.setSoTimeout(limit);
        return socket;
    }
}
