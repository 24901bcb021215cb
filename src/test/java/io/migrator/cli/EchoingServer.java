package io.migrator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A server that refuses every request and quotes all of it, credentials too, in its error. */
final class EchoingServer implements AutoCloseable {
    private final HttpServer server;

    EchoingServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", EchoingServer::refuse);
        server.start();
    }

    private static void refuse(HttpExchange request) throws IOException {
        String quoted = request.getRequestURI() + " " + request.getRequestURI().getQuery() + " "
                + request.getRequestHeaders().entrySet();
        String message = quoted.replace("&", "&amp;").replace("<", "&lt;");
        byte[] error = ("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>" + message
                        + "</Message></Error>")
                .getBytes(UTF_8);
        try (request) {
            request.getRequestBody().readAllBytes();
            boolean bodiless = request.getRequestMethod().equals("HEAD");
            request.getResponseHeaders().add("Content-Type", "application/xml");
            request.sendResponseHeaders(403, bodiless ? -1 : error.length);
            if (!bodiless) {
                request.getResponseBody().write(error);
            }
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
