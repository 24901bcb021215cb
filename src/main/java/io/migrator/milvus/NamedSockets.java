package io.migrator.milvus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** TLS sockets that demand a certificate of one name, whatever address they are connected to. */
final class NamedSockets extends SSLSocketFactory {
    private final SSLSocketFactory sockets;
    private final String name;

    NamedSockets(SSLSocketFactory sockets, String name) {
        this.sockets = sockets;
        this.name = name;
    }

    /** Refused, so that the caller connects a plain socket and then asks for {@link #createSocket(Socket, String, int, boolean)}. */
    @Override
    public Socket createSocket() throws IOException {
        // What HttpsURLConnection understands as "connect a plain one and come again".
        SocketException refusal = new SocketException("only over connected sockets");
        refusal.initCause(new UnsupportedOperationException());
        throw refusal;
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean autoClose) throws IOException {
        Socket socket = sockets.createSocket(connected, name, port, autoClose);
        if (!(socket instanceof SSLSocket secured)) {
            throw new IllegalStateException("not a TLS socket: " + socket);
        }
        // The name of the session's peer is checked in the handshake itself.
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        return secured;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return createSocket();
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }
}
