package io.migrator.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The address of the job repository, as JDBC's driver for PostgreSQL reads it. */
final class RepositoryUrl {
    private static final Pattern FORM = Pattern.compile("jdbc:postgresql://[^/\\s?@]+/[^/\\s?@]+(\\?[^\\s?]*)?");
    /** They have keys of their own, or none: what stands in an address is shown by programs that know no better. */
    private static final Set<String> ELSEWHERE = Set.of("user", "password", "sslpassword");

    private RepositoryUrl() {}

    static boolean usable(String url) {
        return FORM.matcher(url).matches() && names(url).noneMatch(ELSEWHERE::contains);
    }

    /** Whether there may be a password in it. */
    static boolean hidesSecret(String url) {
        return url.contains("@") || names(url).anyMatch(name -> name.endsWith("password"));
    }

    private static Stream<String> names(String url) {
        int question = url.indexOf('?');
        return Stream.of(url.substring(question + 1).split("&", -1))
                .map(pair -> decoded(pair.replaceFirst("=.*", "")).toLowerCase(Locale.ROOT));
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
