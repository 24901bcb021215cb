package io.migrator.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The {@code repository:} section: the PostgreSQL that holds what jobs know of their work, in place of files in the state folder;
 * and the {@code state:} section: how long it is kept.
 *
 * @param url of JDBC, without user and password; empty where there is none
 * @param schema shared by all jobs, and what the names of their own schemas begin with
 * @param keepDays after which what is known of completed work is removed from a state folder; 0: never
 */
public record RepositoryConfig(String url, String user, Secret password, String schema, int keepDays) {
    /** Days that what is known of completed work is kept, where nothing else is said. */
    static final String USUAL_DAYS = "30";

    /** Files in the state folder. */
    public static final RepositoryConfig NONE = new RepositoryConfig("", "", Secret.NONE, "migrator");

    /** How long it may be away before those who use it give up. */
    public static final SecondsProperty AWAY =
            new SecondsProperty("migrator.repository.awaySeconds", Duration.ofSeconds(60));

    public static final String KEEP_DAYS = "state.keepDays";

    public static final String URL = "repository.url";
    public static final String USER = "repository.user";
    public static final String PASSWORD = "repository.password";
    public static final String SCHEMA = "repository.schema";

    private static final Pattern FORM = Pattern.compile("jdbc:postgresql://[^/\\s?@]+/[^/\\s?@]+(\\?[^\\s?]*)?");
    /**
     * They have keys of their own, or none: what stands in an address is shown by programs that know no better, and by the
     * name of its sessions a run is told from others.
     */
    private static final Set<String> ELSEWHERE = Set.of("user", "password", "sslpassword", "applicationname");

    /** One that keeps it for as long as usual. */
    public RepositoryConfig(String url, String user, Secret password, String schema) {
        this(url, user, password, schema, Integer.parseInt(USUAL_DAYS));
    }

    public boolean given() {
        return !url.isEmpty();
    }

    /** The address without parameters, for messages. */
    public String display() {
        return url.replaceFirst("\\?.*", "").replaceFirst("^jdbc:", "");
    }

    /** Whether JDBC's driver for PostgreSQL reads it, and it names a database and nothing that is to be kept. */
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
