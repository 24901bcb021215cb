package io.migrator.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Speaks S3, keeps one bucket in memory, and breaks a promise of S3's where it is told to. It knows no multipart uploads. */
public final class LyingS3 implements S3Lab {
    /** What S3 promises, and this server then does not do. */
    public enum Lie {
        /** The second version of an object is taken and thrown away. */
        LOSES_OVERWRITES,
        /** A listing does not have the objects written last. */
        LISTS_LATE,
        LISTS_IN_NO_ORDER,
        /** If-None-Match and If-Match are passed over. */
        IGNORES_CONDITIONS,
        /** The source of a copy may be any version. */
        COPIES_ANY_VERSION,
        /** Deleting is answered, and not done. */
        KEEPS_DELETED,
        /** The second half of an answer is of the version before. */
        MIXES_VERSIONS
    }

    private static final Pattern KEY = Pattern.compile("<Key>(.*?)</Key>", Pattern.DOTALL);
    private static final int LATE = 5;

    private final LoopbackHttp server = new LoopbackHttp(this::answer);
    private final Set<Lie> lies;
    private final TreeMap<String, byte[]> objects =
            new TreeMap<>(Comparator.comparing(key -> key.getBytes(UTF_8), Arrays::compareUnsigned));
    private final Map<String, byte[]> before = new ConcurrentHashMap<>();
    private List<String> writtenLast = List.of();

    public LyingS3(Set<Lie> lies) {
        this.lies = lies.isEmpty() ? EnumSet.noneOf(Lie.class) : EnumSet.copyOf(lies);
    }

    /** The keys that it holds in truth. */
    public synchronized List<String> keys() {
        return List.copyOf(objects.keySet());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            int slash = path.indexOf('/', 1);
            String key = slash < 0 ? "" : decoded(path.substring(slash + 1));
            Function<String, String> query = query(exchange.getRequestURI().getRawQuery());
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (exchange.getRequestMethod()) {
                case "PUT" -> put(exchange, key, body);
                case "POST" -> post(exchange, new String(body, UTF_8));
                case "DELETE" -> send(exchange, 204, "");
                default -> {
                    if (key.isEmpty()) {
                        send(exchange, 200, list(query.apply("prefix"), query.apply("continuation-token")));
                    } else {
                        get(exchange, key);
                    }
                }
            }
        }
    }

    private static Function<String, String> query(@Nullable String raw) {
        Map<String, String> query = Stream.of(raw == null ? new String[0] : raw.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length > 1 ? decoded(pair[1]) : ""));
        return name -> query.getOrDefault(name, "");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    }

    private void put(HttpExchange exchange, String key, byte[] body) throws IOException {
        String source = exchange.getRequestHeaders().getFirst("x-amz-copy-source");
        if (source != null) {
            copy(exchange, decoded(source.substring(source.indexOf('/', 1) + 1)), key);
            return;
        }
        synchronized (this) {
            if (!holds(exchange, objects.get(key)) && !lies.contains(Lie.IGNORES_CONDITIONS)) {
                refuse(exchange, 412, "PreconditionFailed");
                return;
            }
            if (!objects.containsKey(key) || !lies.contains(Lie.LOSES_OVERWRITES)) {
                keep(key, body);
            }
        }
        exchange.getResponseHeaders().set("ETag", etag(body));
        send(exchange, 200, "");
    }

    /** Whether the conditions of the request are met by what is there. */
    private static boolean holds(HttpExchange exchange, byte @Nullable [] there) {
        String wanted = exchange.getRequestHeaders().getFirst("If-Match");
        boolean absentWanted = exchange.getRequestHeaders().containsKey("If-None-Match");
        return (!absentWanted || there == null) && (wanted == null || (there != null && wanted.equals(etag(there))));
    }

    private synchronized void keep(String key, byte[] content) {
        byte[] old = objects.put(key, content);
        before.put(key, old == null ? content : old);
        writtenLast = Stream.concat(writtenLast.stream(), Stream.of(key))
                .skip(Math.max(0, writtenLast.size() + 1 - LATE))
                .toList();
    }

    private synchronized void copy(HttpExchange exchange, String from, String key) throws IOException {
        byte[] content = objects.get(from);
        String wanted = exchange.getRequestHeaders().getFirst("x-amz-copy-source-if-match");
        if (content == null) {
            refuse(exchange, 404, "NoSuchKey");
        } else if (wanted != null
                && !etag(content).equals('"' + wanted.replace("\"", "") + '"')
                && !lies.contains(Lie.COPIES_ANY_VERSION)) {
            refuse(exchange, 412, "PreconditionFailed");
        } else {
            keep(key, content);
            send(exchange, 200, "<CopyObjectResult><ETag>%s</ETag></CopyObjectResult>".formatted(etag(content)));
        }
    }

    private void get(HttpExchange exchange, String key) throws IOException {
        byte[] content;
        byte[] old;
        synchronized (this) {
            content = objects.get(key);
            old = before.get(key);
        }
        if (content == null) {
            refuse(exchange, 404, "NoSuchKey");
            return;
        }
        exchange.getResponseHeaders().set("ETag", etag(content));
        exchange.getResponseHeaders().set("Last-Modified", "Tue, 24 Nov 2026 12:00:00 GMT");
        byte[] sent = content.clone();
        if (lies.contains(Lie.MIXES_VERSIONS) && old != null && old.length == content.length) {
            System.arraycopy(old, content.length / 2, sent, content.length / 2, content.length - content.length / 2);
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, sent.length == 0 ? -1 : sent.length);
            exchange.getResponseBody().write(sent);
        }
    }

    private synchronized String list(String prefix, String after) {
        Set<String> late = lies.contains(Lie.LISTS_LATE) ? Set.copyOf(writtenLast) : Set.of();
        Stream<String> all = objects.keySet().stream().filter(key -> key.startsWith(prefix) && !late.contains(key));
        List<String> keys = (lies.contains(Lie.LISTS_IN_NO_ORDER) ? all.sorted(Comparator.reverseOrder()) : all)
                .dropWhile(key -> !after.isEmpty() && !key.equals(after))
                .skip(after.isEmpty() ? 0 : 1)
                .limit(1001)
                .toList();
        boolean more = keys.size() > 1000;
        String contents = keys.stream()
                .limit(1000)
                .map(key -> "<Contents><Key>%s</Key><LastModified>2026-11-24T12:00:00.000Z</LastModified>"
                                .formatted(URLEncoder.encode(key, UTF_8))
                        + "<ETag>%s</ETag><Size>%d</Size></Contents>"
                                .formatted(etag(objects.get(key)), objects.get(key).length))
                .collect(Collectors.joining());
        return "<ListBucketResult><Name>b</Name><EncodingType>url</EncodingType><IsTruncated>%s</IsTruncated>%s%s"
                        .formatted(
                                more,
                                more ? "<NextContinuationToken>" + keys.get(999) + "</NextContinuationToken>" : "",
                                contents)
                + "</ListBucketResult>";
    }

    private void post(HttpExchange exchange, String body) throws IOException {
        if (!body.contains("<Delete")) {
            refuse(exchange, 501, "NotImplemented");
            return;
        }
        if (!lies.contains(Lie.KEEPS_DELETED)) {
            synchronized (this) {
                KEY.matcher(body)
                        .results()
                        .forEach(found -> objects.remove(found.group(1).replace("&amp;", "&")));
            }
        }
        send(exchange, 200, "<DeleteResult></DeleteResult>");
    }

    private static String etag(byte[] content) {
        try {
            byte[] md5 = MessageDigest.getInstance("MD5").digest(content);
            return '"' + HexFormat.of().formatHex(md5) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        send(exchange, status, "<Error><Code>%s</Code><Message>no</Message></Error>".formatted(code));
    }

    private static void send(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] body = xml.getBytes(UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public String kind() {
        return "lying S3";
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
