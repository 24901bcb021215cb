package io.migrator.lab;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/**
 * Speaks as much S3 as a copy needs and keeps no bytes, for sizes that no disk has room for: objects are made up while
 * they are read, and what is written is counted and thrown away.
 */
public final class S3StandIn implements S3Lab {
    /**
     * A request that wrote or copied.
     *
     * @param part its number; 0 for a whole object
     * @param range the bytes of the source that were to be copied, as the header says; empty for all
     * @param bytes in the body
     */
    public record Write(String path, int part, String range, long bytes) {}

    private static final String SUM = "x-amz-checksum-crc32c";
    private static final byte[] PIECE = new byte[64 << 10];
    /** Not of the form of an MD5, which would have to be right. */
    private static final String ETAG = "stand-in";

    private final LoopbackHttp server;
    private final long objectSize;
    private final Queue<Write> writes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger uploads = new AtomicInteger();
    private final Map<String, Integer> ended = new HashMap<>();
    private final Map<String, String> algorithms = new ConcurrentHashMap<>();
    private final LongAdder read = new LongAdder();
    private volatile Predicate<Write> fails = write -> false;
    private volatile Function<HttpExchange, Optional<Map.Entry<Integer, String>>> sums = exchange -> Optional.empty();
    private volatile DemandedHeaders demanded = DemandedHeaders.NONE;

    /** @param objectSize bytes that every object has */
    public S3StandIn(long objectSize) {
        this.objectSize = objectSize;
        this.server = new LoopbackHttp(this::answer);
    }

    /** Answers 403 to such writes from now on. */
    public void failOn(Predicate<Write> which) {
        fails = which;
    }

    /**
     * Knows no checksums of parts from now on, as servers of other clouds: refuses requests that have one.
     *
     * @param parts whether it takes the algorithm when an upload begins, and refuses the parts
     */
    public void refuseSums(int status, String code, boolean parts) {
        sums = exchange -> {
            boolean has = exchange.getRequestHeaders().keySet().stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .anyMatch(name -> parts
                            ? name.startsWith("x-amz-checksum-") && !name.endsWith("-algorithm")
                            : name.equals("x-amz-checksum-algorithm"));
            return has ? Optional.of(Map.entry(status, code)) : Optional.empty();
        };
    }

    /** From now on answers 403 where an object is begun without these headers, and 400 where others have such. */
    public void demand(Map<String, String> headers) {
        demanded = new DemandedHeaders(headers);
    }

    public List<Write> writes() {
        return List.copyOf(writes);
    }

    /** Bytes of objects that were sent. */
    public long bytesRead() {
        return read.sum();
    }

    public int uploadsBegun() {
        return uploads.get();
    }

    public synchronized int uploadsCompleted() {
        return ended.getOrDefault("POST", 0);
    }

    public synchronized int uploadsAborted() {
        return ended.getOrDefault("DELETE", 0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
            String upload = query.getOrDefault("uploadId", "");
            String refusal = demanded.refusal(exchange);
            if (!refusal.isEmpty()) {
                drain(exchange, new CRC32C());
                xml(exchange, refusal.equals("AccessDenied") ? 403 : 400, "Error", "Code", refusal);
                return;
            }
            demanded.tell(exchange);
            Optional<Map.Entry<Integer, String>> unknown = sums.apply(exchange);
            if (unknown.isPresent()) {
                drain(exchange, new CRC32C());
                xml(
                        exchange,
                        unknown.get().getKey(),
                        "Error",
                        "Code",
                        unknown.get().getValue());
                return;
            }
            switch (exchange.getRequestMethod()) {
                case "HEAD" -> head(exchange);
                case "GET" -> send(exchange);
                case "PUT" -> {
                    if (hasOtherSum(exchange, upload)) {
                        drain(exchange, new CRC32C());
                        xml(exchange, 400, "Error", "Code", "InvalidRequest");
                    } else {
                        write(exchange, Integer.parseInt(query.getOrDefault("partNumber", "0")));
                    }
                }
                case "POST" -> {
                    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                    if (upload.isEmpty()) {
                        String sums = exchange.getRequestHeaders().getFirst("x-amz-checksum-algorithm");
                        String begun = "u" + uploads.incrementAndGet();
                        algorithms.put(begun, sums == null ? "" : sums.toLowerCase(Locale.ROOT));
                        xml(exchange, 200, "InitiateMultipartUploadResult", "UploadId", begun);
                    } else if (!listsSums(body, algorithms.getOrDefault(upload, ""))) {
                        xml(exchange, 400, "Error", "Code", "InvalidRequest");
                    } else {
                        end("POST");
                        xml(exchange, 200, "CompleteMultipartUploadResult", "ETag", "&quot;" + ETAG + "-2&quot;");
                    }
                }
                default -> {
                    end("DELETE");
                    exchange.sendResponseHeaders(204, -1);
                }
            }
        }
    }

    /** Amazon wants each part's checksum in the end where the beginning named an algorithm. */
    private static boolean listsSums(String body, String algorithm) {
        int parts = body.split("<Part>", -1).length;
        return algorithm.isEmpty()
                || body.toLowerCase(Locale.ROOT).split("<checksum" + algorithm + ">", -1).length == parts;
    }

    /** Amazon takes a part with a checksum only of the algorithm that the beginning named. */
    private boolean hasOtherSum(HttpExchange exchange, String upload) {
        String algorithm = algorithms.getOrDefault(upload, "");
        return !upload.isEmpty()
                && exchange.getRequestHeaders().keySet().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .anyMatch(name -> name.startsWith("x-amz-checksum-") && !name.endsWith("-" + algorithm));
    }

    private synchronized void end(String method) {
        ended.merge(method, 1, Integer::sum);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            Arrays.stream(raw.split("&"))
                    .map(pair -> pair.split("=", 2))
                    .forEach(pair -> query.put(pair[0], pair.length > 1 ? pair[1] : ""));
        }
        return query;
    }

    private void head(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Length", Long.toString(objectSize));
        exchange.getResponseHeaders().set("ETag", '"' + ETAG + '"');
        exchange.getResponseHeaders().set("Last-Modified", "Tue, 24 Nov 2026 12:00:00 GMT");
        exchange.sendResponseHeaders(200, -1);
    }

    private void send(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("ETag", '"' + ETAG + '"');
        exchange.sendResponseHeaders(200, objectSize);
        OutputStream body = exchange.getResponseBody();
        for (long left = objectSize; left > 0; left -= PIECE.length) {
            int length = (int) Math.min(left, PIECE.length);
            body.write(PIECE, 0, length);
            read.add(length);
        }
    }

    private void write(HttpExchange exchange, int part) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("x-amz-copy-source-range");
        boolean copies = exchange.getRequestHeaders().containsKey("x-amz-copy-source");
        CRC32C sum = new CRC32C();
        Write write = new Write(
                exchange.getRequestURI().getPath(),
                part,
                range == null ? "" : range.replace("bytes=", ""),
                drain(exchange, sum));
        if (fails.test(write)) {
            xml(exchange, 403, "Error", "Code", "AccessDenied");
            return;
        }
        String told = exchange.getRequestHeaders().getFirst(SUM);
        if (told != null && !told.equals(base64(sum))) {
            xml(exchange, 400, "Error", "Code", "BadDigest");
            return;
        }
        writes.add(write);
        exchange.getResponseHeaders().set("ETag", '"' + ETAG + '"');
        if (told != null) {
            exchange.getResponseHeaders().set(SUM, told);
        }
        if (copies) {
            xml(exchange, 200, part == 0 ? "CopyObjectResult" : "CopyPartResult", "ETag", "&quot;" + ETAG + "&quot;");
        } else {
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static String base64(CRC32C sum) {
        byte[] bytes =
                ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array();
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static long drain(HttpExchange exchange, CRC32C sum) throws IOException {
        byte[] buffer = new byte[64 << 10];
        long all = 0;
        InputStream body = exchange.getRequestBody();
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            sum.update(buffer, 0, count);
            all += count;
        }
        return all;
    }

    private static void xml(HttpExchange exchange, int status, String root, String element, String text)
            throws IOException {
        byte[] body = "<%1$s><Location>here</Location><Bucket>bucket</Bucket><Key>key</Key><%2$s>%3$s</%2$s></%1$s>"
                .formatted(root, element, text)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public String kind() {
        return "stand-in";
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public String accessKey() {
        return "key";
    }

    @Override
    public String secretKey() {
        return "secret";
    }

    @Override
    public void close() {
        server.close();
    }
}
