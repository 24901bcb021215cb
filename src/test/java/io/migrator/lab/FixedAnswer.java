package io.migrator.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A socket that answers every request alike, the Date header included, which the JDK's server writes by itself. */
public final class FixedAnswer implements AutoCloseable {
    private final ServerSocket socket;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private volatile String answer = "";

    public FixedAnswer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "fixed-answer");
        thread.setDaemon(true);
        thread.start();
    }

    /** @param clock how far the server's clock is ahead */
    public FixedAnswer set(int status, Duration clock, Map<String, String> headers, String body) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plus(clock));
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + " Word\r\nDate: " + date + "\r\n");
        headers.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
        text.append("Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        answer = text.toString();
        return this;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
                String first = in.readLine();
                StringBuilder head = new StringBuilder(first + "\n");
                int length = 0;
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    head.append(line + "\n");
                    if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                        length = Integer.parseInt(line.substring(15).strip());
                    }
                }
                in.skip(length);
                heads.add(head.toString());
                boolean bodiless = first != null && first.startsWith("HEAD");
                String sent = bodiless ? answer.substring(0, answer.indexOf("\r\n\r\n") + 4) : answer;
                client.getOutputStream().write(sent.getBytes(ISO_8859_1));
                client.shutdownOutput();
            } catch (IOException e) {
                // The client hung up, or the test is over.
                continue;
            }
        }
    }

    public int requests() {
        return heads.size();
    }

    /** Request line and headers of each request, one a line. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    public int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
