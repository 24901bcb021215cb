package io.migrator.lab;

import com.sun.net.httpserver.HttpExchange;
import java.util.Locale;
import java.util.Map;

/**
 * Headers of encryption that a bucket's policy demands of every request that begins an object, as policies on Amazon do. Other
 * requests must not have them there either.
 */
final class DemandedHeaders {
    static final DemandedHeaders NONE = new DemandedHeaders(Map.of());

    private static final String ALL = "x-amz-server-side-encryption";

    private final Map<String, String> headers;

    DemandedHeaders(Map<String, String> headers) {
        this.headers = Map.copyOf(headers);
    }

    /** The code of the error to answer with; empty where the request is as it must be. */
    String refusal(HttpExchange exchange) {
        if (begins(exchange)) {
            boolean met = headers.entrySet().stream().allMatch(header -> header.getValue()
                    .equals(exchange.getRequestHeaders().getFirst(header.getKey())));
            return met ? "" : "AccessDenied";
        }
        boolean odd = exchange.getRequestHeaders().keySet().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith(ALL));
        return odd ? "InvalidArgument" : "";
    }

    /** Says in the answer how the object is encrypted. */
    void tell(HttpExchange exchange) {
        headers.forEach(exchange.getResponseHeaders()::set);
    }

    /** How a request wants its object encrypted; empty where it does not say. */
    static String algorithm(HttpExchange exchange) {
        String said = exchange.getRequestHeaders().getFirst(ALL);
        return said == null ? "" : said;
    }

    /** Says so in the answer. */
    static void tell(HttpExchange exchange, String algorithm) {
        if (!algorithm.isEmpty()) {
            exchange.getResponseHeaders().set(ALL, algorithm);
        }
    }

    private static boolean begins(HttpExchange exchange) {
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        return switch (exchange.getRequestMethod()) {
            case "PUT" -> !query.contains("partNumber");
            case "POST" -> query.matches("uploads=?");
            default -> false;
        };
    }
}
