package io.migrator.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A socket that answers every request in one bad way: broken, endless, slow or malicious. */
public final class HostileServer implements AutoCloseable {
    /** A way to misbehave. {@code %d} of an answer is the number of the request. */
    public enum Way {
        SILENT(""),
        HANGS_UP(""),
        SLOW_STATUS("HTTP/1.1 200 O"),
        SLOW_HEADERS("HTTP/1.1 200 OK\r\nX-A: b"),
        ENDLESS_HEADERS("HTTP/1.1 200 OK\r\n"),
        FLOOD_OF_1XX(""),
        SLOW_BODY("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: 1000000\r\n\r\n"),
        SLOW_ERROR("HTTP/1.1 500 No\r\nContent-Type: application/xml\r\nContent-Length: 1000000\r\n\r\n"),
        ENDLESS_BODY("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nTransfer-Encoding: chunked\r\n\r\n"),
        ENDLESS_ERROR("HTTP/1.1 400 No\r\nContent-Type: application/xml\r\nTransfer-Encoding: chunked\r\n\r\n"),
        ENDLESS_DENIAL("HTTP/1.1 403 No\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"),
        SLOW_CHUNK_HEAD(chunked("2;x=")),
        ENDLESS_CHUNK_HEAD(chunked("2;x=")),
        SLOW_TRAILERS(chunked("2\r\n{}\r\n0\r\n")),
        ENDLESS_TRAILERS(chunked("2\r\n{}\r\n0\r\n")),
        CUT_BODY("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: 1000\r\n\r\n<ListBucketResult>"),
        CUT_ERROR("HTTP/1.1 400 No\r\nContent-Type: application/xml\r\nContent-Length: 1000\r\n\r\n<Error>"),
        LONG_BODY("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: 5\r\n\r\n<a>too long</a>"),
        NEGATIVE_LENGTH("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"),
        HUGE_LENGTH("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nabc"),
        LARGEST_LENGTH("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\nETag: \"e\"\r\n"
                + "Last-Modified: Tue, 24 Nov 2026 12:00:00 GMT\r\n\r\nabc"),
        GARBAGE("\u0000\u0001\u00ff not HTTP at all\r\n\r\n\r\n"),
        NO_STATUS("HTTP/1.1 \r\n\r\n"),
        ODD_STATUS("HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n"),
        EMPTY("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
        NO_CONTENT("HTTP/1.1 204 No Content\r\n\r\n"),
        PAGE("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 25\r\n\r\n<html><p>Console</p></htm"),
        NOT_XML("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: 9\r\n\r\n<a><<b>>>"),
        NOT_JSON("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"a\":[}]x"),
        JSON_OF_ODD_TYPES("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 66\r\n\r\n"
                + "{\"items\":5,\"code\":\"x\",\"data\":[[1e999]],\"message\":{},\"expires_in\":{}}"),
        REDIRECT("HTTP/1.1 302 Found\r\nLocation: /again/%d\r\nContent-Length: 0\r\n\r\n"),
        MOVED("HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/x\r\nContent-Length: 0\r\n\r\n"),
        DEMANDS_A_PASSWORD("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"),
        NOT_MODIFIED("HTTP/1.1 304 Not Modified\r\n\r\n"),
        OTHER_PROTOCOL("SSH-2.0-OpenSSH_9.6\r\n"),
        XML_BOMB(xml("<!DOCTYPE a [<!ENTITY b \"" + "b".repeat(1000) + "\"><!ENTITY c \"" + "&b;".repeat(100)
                + "\"><!ENTITY d \"" + "&c;".repeat(100) + "\"><!ENTITY e \"" + "&d;".repeat(100)
                + "\">]><ListBucketResult><Name>&e;</Name></ListBucketResult>")),
        XML_DEEP(xml("<a>".repeat(300_000))),
        XML_HUGE_NUMBERS(
                xml("<ListBucketResult><Name>b</Name><IsTruncated>maybe</IsTruncated><MaxKeys>99999999999999</MaxKeys>"
                        + "<Contents><Key>a</Key><Size>99999999999999999999</Size><LastModified>soon</LastModified>"
                        + "</Contents></ListBucketResult>")),
        XML_SAME_TOKEN(xml("<ListBucketResult><Name>b</Name><IsTruncated>true</IsTruncated>"
                + "<NextContinuationToken>t</NextContinuationToken>" + contents("a") + "</ListBucketResult>")),
        XML_NO_TOKEN(xml("<ListBucketResult><Name>b</Name><IsTruncated>true</IsTruncated>" + contents("a")
                + "</ListBucketResult>")),
        XML_SAME_KEYS(xml("<ListBucketResult><Name>b</Name><IsTruncated>true</IsTruncated>"
                + "<NextContinuationToken>t%d</NextContinuationToken>" + contents("a") + "</ListBucketResult>")),
        XML_EMPTY_PAGES(xml("<ListBucketResult><Name>b</Name><IsTruncated>true</IsTruncated>"
                + "<NextContinuationToken>t%d</NextContinuationToken></ListBucketResult>")),
        XML_SAME_UPLOADS(
                xml("<ListMultipartUploadsResult><IsTruncated>true</IsTruncated><NextKeyMarker>a</NextKeyMarker>"
                        + "<NextUploadIdMarker>1</NextUploadIdMarker></ListMultipartUploadsResult>")),
        XML_OLD_UPLOADS(xml("<ListMultipartUploadsResult><Upload><Key>a</Key><UploadId>1</UploadId>"
                + "<Initiated>yesterday</Initiated></Upload></ListMultipartUploadsResult>")),
        AZURE_SAME_MARKER(xml("<EnumerationResults><Blobs></Blobs><NextMarker>m</NextMarker></EnumerationResults>")),
        AZURE_EMPTY_PAGES(xml("<EnumerationResults><Blobs></Blobs><NextMarker>m%d</NextMarker></EnumerationResults>")),
        GOOGLE_SAME_TOKEN(json("{\"nextPageToken\":\"t\",\"items\":[]}")),
        GOOGLE_SAME_KEYS(
                json("{\"nextPageToken\":\"t%d\",\"items\":[{\"name\":\"a\",\"size\":\"1\",\"bucket\":\"b\"}]}")),
        GOOGLE_EMPTY_PAGES(json("{\"nextPageToken\":\"t%d\"}")),
        GOOGLE_ENDLESS_REWRITE(json("{\"done\":false,\"rewriteToken\":\"t%d\",\"totalBytesRewritten\":\"0\","
                + "\"objectSize\":\"5\",\"name\":\"a\",\"bucket\":\"b\",\"size\":\"5\",\"generation\":\"1\"}")),
        JSON_DEEP(json("[".repeat(300_000))),
        LARGE_PAGE(ok("text/html", "")),
        LARGE_LETTERS(ok("text/html", "")),
        LARGE_ERROR("HTTP/1.1 400 No\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"),
        LARGE_TAGS(xml("")),
        LARGE_HALF_TAGS(xml("")),
        LARGE_SHORT_TAGS(xml("")),
        LARGE_JSON(json("{\"code\":5,\"message\":\""));

        private final String answer;

        Way(String answer) {
            this.answer = answer;
        }

        private static String xml(String body) {
            return ok("application/xml", body);
        }

        private static String json(String body) {
            return ok("application/json", body);
        }

        private static String chunked(String body) {
            return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
        }

        private static String ok(String type, String body) {
            return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nConnection: close\r\n\r\n" + body;
        }

        private static String contents(String key) {
            return "<Contents><Key>" + key + "</Key><Size>1</Size><ETag>\"e\"</ETag>"
                    + "<LastModified>2026-11-29T00:00:00.000Z</LastModified></Contents>";
        }
    }

    private final Way way;
    private final ServerSocket socket;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean closed;

    public HostileServer(Way way) {
        this.way = way;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("hostile-accept", this::accept);
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = socket.accept();
                open.add(client);
                start("hostile", () -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            readRequest(in);
            int number = requests.incrementAndGet();
            out.write(way.answer.replace("%d", Integer.toString(number)).getBytes(ISO_8859_1));
            out.flush();
            misbehave(out);
        } catch (IOException e) {
            // The client hung up, as it should.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    /** Head and body, as far as a length is told; what is no HTTP is not waited for. */
    private static void readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int read = in.read(); read >= 0; read = in.read()) {
            head.append((char) read);
            boolean http = head.length() < 2 || head.charAt(0) >= 'A';
            if (!http || head.indexOf("\r\n\r\n") >= 0 || head.indexOf("PRI * HTTP/2") == 0) {
                break;
            }
        }
        java.util.regex.Matcher length = java.util.regex.Pattern.compile("(?i)\r\ncontent-length: *(\\d+)")
                .matcher(head);
        if (length.find()) {
            in.skipNBytes(Long.parseLong(length.group(1)));
        }
    }

    private void misbehave(OutputStream out) throws IOException, InterruptedException {
        byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(ISO_8859_1);
        switch (way) {
            case SILENT -> waitForTheEnd();
            case SLOW_STATUS, SLOW_HEADERS, SLOW_BODY, SLOW_ERROR -> repeat(out, new byte[] {'x'}, 20);
            case SLOW_CHUNK_HEAD -> repeat(out, new byte[] {'x'}, 100);
            case ENDLESS_CHUNK_HEAD -> repeat(out, "x".repeat(0x10000).getBytes(ISO_8859_1), 0);
            case SLOW_TRAILERS -> repeat(out, "X-Trailer: y\r\n".getBytes(ISO_8859_1), 100);
            case ENDLESS_HEADERS, ENDLESS_TRAILERS ->
                repeat(out, ("X-Header: " + "y".repeat(100) + "\r\n").getBytes(ISO_8859_1), 0);
            case FLOOD_OF_1XX -> repeat(out, "HTTP/1.1 102 Processing\r\n\r\n".getBytes(ISO_8859_1), 0);
            case ENDLESS_BODY, ENDLESS_ERROR, ENDLESS_DENIAL -> repeat(out, chunk, 0);
            case LARGE_PAGE, LARGE_ERROR, LARGE_TAGS -> large(out, "<");
            case LARGE_LETTERS -> large(out, "a-security-token-");
            case LARGE_HALF_TAGS -> large(out, "<a</");
            case LARGE_SHORT_TAGS -> large(out, "<a></a>");
            case LARGE_JSON -> large(out, "/go/:1");
            default -> out.flush();
        }
    }

    /** A little less than clients of stores read. */
    private static void large(OutputStream out, String letters) throws IOException {
        byte[] piece = letters.repeat((1 << 20) / letters.length()).getBytes(ISO_8859_1);
        for (int i = 0; i < 15; i++) {
            out.write(piece);
        }
        out.flush();
    }

    private void repeat(OutputStream out, byte[] piece, long pause) throws IOException, InterruptedException {
        while (!closed) {
            out.write(piece);
            out.flush();
            Thread.sleep(pause);
        }
    }

    private void waitForTheEnd() throws InterruptedException {
        while (!closed) {
            Thread.sleep(20);
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
            for (Socket client : open) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
