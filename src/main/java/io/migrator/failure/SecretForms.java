package io.migrator.failure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one secret looks like once programs have quoted, encoded, cut or escaped it. */
final class SecretForms {
    /** A shorter piece may be part of any text. */
    private static final int SHORTEST = 6;

    private static final Pattern SIGNATURE = Pattern.compile("\\bsig=([^&]*)");
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("\"private_key\"\\s*:\\s*\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"", Pattern.DOTALL);

    private SecretForms() {}

    /** Without the spaces and quotes around it that docker and shells leave. */
    static String trimmed(String secret) {
        return secret.strip().replaceAll("^[\"'?]+|[\"']+$", "").strip();
    }

    static Set<String> of(String secret) {
        Set<String> texts = new LinkedHashSet<>();
        texts.add(secret);
        texts.add(trimmed(secret));
        Matcher signature = SIGNATURE.matcher(secret);
        if (signature.find()) {
            texts.add(signature.group(1));
            texts.add(trimmed(signature.group(1)));
            texts.add(decoded(signature.group(1)));
        }
        Matcher key = PRIVATE_KEY.matcher(secret);
        while (key.find()) {
            texts.add(key.group(1));
            texts.add(key.group(1).replace("\\n", "\n"));
        }
        // A text of several lines is told line by line.
        for (String text : Set.copyOf(texts)) {
            for (String line : text.split("[\\r\\n]+|\\\\n", -1)) {
                boolean label = line.startsWith("-----") || line.strip().matches("\"\\w+\": .*|[{}]");
                texts.add(label ? "" : line.strip());
            }
        }
        Set<String> forms = new LinkedHashSet<>();
        texts.stream().filter(text -> text.length() >= SHORTEST).forEach(text -> add(text, forms));
        forms.removeIf(form -> form.length() < SHORTEST);
        return forms;
    }

    private static void add(String text, Set<String> forms) {
        forms.add(text);
        forms.add(Printable.text(text));
        forms.add(json(text));
        forms.add(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        forms.add(text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;"));
        // A client that writes bytes, and a server that reads them as one character each.
        forms.add(new String(text.getBytes(UTF_8), ISO_8859_1));
        forms.add(new String(text.getBytes(ISO_8859_1), ISO_8859_1));
        String encoded = URLEncoder.encode(text, UTF_8);
        for (String url : List.of(encoded, encoded.replace("+", "%20"))) {
            forms.add(url);
            forms.add(url.replace("%7E", "~").replace("*", "%2A"));
            forms.add(lowerEscapes(url));
        }
        byte[] bytes = text.getBytes(UTF_8);
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static String json(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                escaped.append('\\').appendCodePoint(c);
            } else {
                escaped.append(Printable.text(Character.toString(c)));
            }
        });
        return escaped.toString();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            // It was not encoded.
            return text;
        }
    }

    private static String lowerEscapes(String url) {
        return Pattern.compile("%[0-9A-F]{2}").matcher(url).replaceAll(found -> found.group()
                .toLowerCase(Locale.ROOT));
    }
}
