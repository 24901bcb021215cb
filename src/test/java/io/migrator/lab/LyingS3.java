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
import java.util.function.UnaryOperator;
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

    /** An object, and how it is encrypted, if it is. */
    private record Stored(byte[] content, String algorithm) {
        /** The content's MD5, unless a key of KMS encrypts it: something of the same form then. */
        String etag() {
            try {
                MessageDigest digest = MessageDigest.getInstance("MD5");
                digest.update(content);
                byte[] md5 = digest.digest(algorithm.startsWith("aws:kms") ? new byte[] {1} : new byte[0]);
                return '"' + HexFormat.of().formatHex(md5) + '"';
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final Pattern KEY = Pattern.compile("<Key>(.*?)</Key>", Pattern.DOTALL);
    private static final int LATE = 5;

    private final LoopbackHttp server = new LoopbackHttp(this::answer);
    private final Set<Lie> lies;
    private final TreeMap<String, Stored> objects =
            new TreeMap<>(Comparator.comparing(key -> key.getBytes(UTF_8), Arrays::compareUnsigned));
    private final Map<String, Stored> before = new ConcurrentHashMap<>();
    private List<String> writtenLast = List.of();
    private volatile UnaryOperator<String> usual = key -> "";
    private volatile DemandedHeaders demanded = DemandedHeaders.NONE;

    public LyingS3(Set<Lie> lies) {
        this.lies = lies.isEmpty() ? EnumSet.noneOf(Lie.class) : EnumSet.copyOf(lies);
    }

    /** From now on answers 403 where an object is begun without these headers, and 400 where others have such. */
    public void demand(Map<String, String> headers) {
        demanded = new DemandedHeaders(headers);
    }

    /** From now on encrypts so what a request does not say it of. */
    public void encrypt(UnaryOperator<String> algorithmOfKey) {
        usual = algorithmOfKey;
    }

    private String algorithm(HttpExchange exchange, String key) {
        String said = DemandedHeaders.algorithm(exchange);
        return said.isEmpty() ? usual.apply(key) : said;
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
            String refusal = demanded.refusal(exchange);
            if (!refusal.isEmpty()) {
                refuse(exchange, refusal.equals("AccessDenied") ? 403 : 400, refusal);
                return;
            }
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
        Stored written = new Stored(body, algorithm(exchange, key));
        synchronized (this) {
            if (!holds(exchange, objects.get(key)) && !lies.contains(Lie.IGNORES_CONDITIONS)) {
                refuse(exchange, 412, "PreconditionFailed");
                return;
            }
            if (!objects.containsKey(key) || !lies.contains(Lie.LOSES_OVERWRITES)) {
                keep(key, written);
            }
        }
        exchange.getResponseHeaders().set("ETag", written.etag());
        DemandedHeaders.tell(exchange, written.algorithm());
        send(exchange, 200, "");
    }

    /** Whether the conditions of the request are met by what is there. */
    private static boolean holds(HttpExchange exchange, @Nullable Stored there) {
        String wanted = exchange.getRequestHeaders().getFirst("If-Match");
        boolean absentWanted = exchange.getRequestHeaders().containsKey("If-None-Match");
        return (!absentWanted || there == null) && (wanted == null || (there != null && wanted.equals(there.etag())));
    }

    private synchronized void keep(String key, Stored object) {
        Stored old = objects.put(key, object);
        before.put(key, old == null ? object : old);
        writtenLast = Stream.concat(writtenLast.stream(), Stream.of(key))
                .skip(Math.max(0, writtenLast.size() + 1 - LATE))
                .toList();
    }

    private synchronized void copy(HttpExchange exchange, String from, String key) throws IOException {
        Stored source = objects.get(from);
        String wanted = exchange.getRequestHeaders().getFirst("x-amz-copy-source-if-match");
        if (source == null) {
            refuse(exchange, 404, "NoSuchKey");
        } else if (wanted != null
                && !source.etag().equals('"' + wanted.replace("\"", "") + '"')
                && !lies.contains(Lie.COPIES_ANY_VERSION)) {
            refuse(exchange, 412, "PreconditionFailed");
        } else {
            Stored copy = new Stored(source.content(), algorithm(exchange, key));
            keep(key, copy);
            DemandedHeaders.tell(exchange, copy.algorithm());
            send(exchange, 200, "<CopyObjectResult><ETag>%s</ETag></CopyObjectResult>".formatted(copy.etag()));
        }
    }

    private void get(HttpExchange exchange, String key) throws IOException {
        Stored object;
        Stored former;
        synchronized (this) {
            object = objects.get(key);
            former = before.get(key);
        }
        if (object == null) {
            refuse(exchange, 404, "NoSuchKey");
            return;
        }
        byte[] content = object.content();
        byte[] old = former == null ? null : former.content();
        exchange.getResponseHeaders().set("ETag", object.etag());
        DemandedHeaders.tell(exchange, object.algorithm());
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
                                .formatted(
                                        objects.get(key).etag(),
                                        objects.get(key).content().length))
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
