package io.migrator.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a configuration key may hold. */
public enum ValueKind {
    TEXT("text"),
    /** What goes into a header of a request as it is. */
    HEADER("visible ASCII characters"),
    /** The same where an inner space may be part of it, as of a password behind its user. */
    TOKEN("ASCII characters without a space at its beginning or end"),
    PATH("a path that this system and its locale can name"),
    /** A path to which a date is added where its file gets old; the pattern for that has signs of its own. */
    LOG_FILE("a path that this system and its locale can name, without '%' and, in its last part, \\[](){}*+?^$|"),
    /** A service account's JSON, or the path of its file. */
    JSON_OR_PATH("a JSON text, or a path that this system and its locale can name"),
    REGION("letters, digits, '-', '_' and '.'"),
    HOST("a host name or address without scheme and port"),
    URL("an address such as http://localhost:9091"),
    REPOSITORY(
            "jdbc:postgresql://host:port/database, with parameters such as ?sslmode=verify-full but without user and password:"
                    + " these are repository.user and repository.password"),
    SCHEMA("a name of 1 to 20 small letters, digits and '_' that begins with a letter, and not with pg_"),
    SEAL_KEY("from 32 to 4096 characters, such as 'openssl rand -hex 32' makes"),
    FLAG("true or false"),
    COUNT("a whole number from 1 to 1000000"),
    LIMIT("a whole number from 0 to 1000000"),
    PORT("a port from 1 to 65535"),
    TLS_MODE("0 (off), 1 (server certificate checked) or 2 (mutual)"),
    LEVEL("debug, info, warn or error"),
    LOG_FORMAT("text or json"),
    STORAGE_TYPE("minio, s3, aws, gcp, gcpnative, ali, azure, tc, hwc or local"),
    PROVIDER("local, minio, s3, aws, gcp, gcpnative, azure, aliyun, tencent or hwc"),
    TLS_NAME("disabled, server or mutual (0, 1 and 2 in v1)"),
    AUTH_TYPE("static, iam, default, sharedKey or serviceAccount"),
    TRANSFER("auto, direct or streaming"),
    ENCRYPTION("AES256, aws:kms or aws:kms:dsse"),
    /** One that is asked as it is, so it may have a query. */
    WEB_ADDRESS("an http:// or https:// address without a user"),
    LABELS("name=value pairs between commas, each name once: letters, digits and '_', not job, instance, task, kind or"
            + " what begins with __"),
    WEBHOOK_FORM("json or slack"),
    WEBHOOK_WHEN("failure, change or always"),
    HEADER_LINE("a header such as 'Authorization: Bearer ...'"),
    COMMAND("a command and its arguments between spaces, with closed quotes");

    private static final Map<String, StorageType> STORAGE_ALIASES = Map.of(
            "aliyun", StorageType.ALI,
            "alibaba", StorageType.ALI,
            "alicloud", StorageType.ALI,
            "tencent", StorageType.TC);
    private static final List<String> PROVIDERS =
            List.of("local", "minio", "s3", "aws", "gcp", "gcpnative", "azure", "aliyun", "tencent", "hwc");
    /** In the order of v1's numbers. */
    public static final List<String> TLS_NAMES = List.of("disabled", "server", "mutual");

    private static final List<String> AUTH_TYPES = List.of("static", "iam", "default", "sharedKey", "serviceAccount");
    private static final List<String> ENCRYPTIONS = List.of("", "AES256", "aws:kms", "aws:kms:dsse");
    private static final List<String> WEBHOOK_FORMS = List.of("json", "slack");
    private static final List<String> WEBHOOK_TIMES = List.of("failure", "change", "always");
    private static final List<String> TRANSFERS = List.of("auto", "direct", "streaming");
    /** As Go reads them. */
    private static final Set<String> TRUE = Set.of("1", "t", "T");

    private static final Set<String> FALSE = Set.of("0", "f", "F");
    private static final Set<String> LEVELS = Set.of("debug", "info", "warn", "error");

    private static final List<String> LOG_FORMATS = List.of("text", "json");

    private static final int MOST_PORT = 65_535;

    private final String expected;

    ValueKind(String expected) {
        this.expected = expected;
    }

    /** Why the value cannot be used, or null. */
    @Nullable
    public String problem(String value) {
        boolean json = this == JSON_OR_PATH && value.stripLeading().startsWith("{");
        String fault = json ? null : PlainText.fault(value);
        if (fault != null) {
            return fault;
        }
        boolean usable =
                switch (this) {
                    case TEXT -> true;
                    case HEADER -> PlainText.isVisibleAscii(value);
                    case TOKEN -> value.equals(value.strip()) && PlainText.isVisibleAscii(value.replace(" ", ""));
                    case PATH -> isPath(value);
                    case LOG_FILE -> isPath(value) && isLogFile(value);
                    case JSON_OR_PATH -> json || isPath(value);
                    case REGION -> value.matches("[A-Za-z0-9._-]*");
                    case HOST -> HostName.usable(value);
                    case URL -> value.isEmpty() || isUrl(value);
                    case REPOSITORY -> value.isEmpty() || RepositoryConfig.usable(value);
                    case SCHEMA -> value.matches("(?!pg_)[a-z][a-z0-9_]{0,19}");
                    case SEAL_KEY -> value.length() >= SealConfig.SHORTEST && value.length() <= SealConfig.LONGEST;
                    case FLAG -> TRUE.contains(value) || FALSE.contains(value) || isWord(value);
                    case COUNT -> within(value, 1, 1_000_000);
                    case LIMIT -> within(value, 0, 1_000_000);
                    case PORT -> within(value, 1, MOST_PORT);
                    case TLS_MODE -> within(value, 0, 2);
                    case LEVEL -> LEVELS.contains(value.toLowerCase(Locale.ROOT));
                    case LOG_FORMAT -> among(value, LOG_FORMATS);
                    case STORAGE_TYPE -> storageType(value) != null;
                    case PROVIDER -> among(value, PROVIDERS);
                    case TLS_NAME -> among(value, TLS_NAMES);
                    case AUTH_TYPE -> among(value, AUTH_TYPES);
                    case TRANSFER -> among(value, TRANSFERS);
                    case ENCRYPTION -> encryption(value) != null;
                    case WEB_ADDRESS ->
                        value.isEmpty() || (isUrl(value.replaceFirst("\\?[^\\s#]*$", "")) && isUri(value));
                    case LABELS -> value.isEmpty() || MetricLabels.usable(value);
                    case WEBHOOK_FORM -> among(value, WEBHOOK_FORMS);
                    case WEBHOOK_WHEN -> among(value, WEBHOOK_TIMES);
                    case HEADER_LINE ->
                        value.isEmpty() || value.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+: *[\\x20-\\x7e]+");
                    case COMMAND -> CommandWords.closed(value);
                };
        return usable ? null : "must be " + expected;
    }

    /** Whether the text of a {@link #FLAG} means yes. */
    public static boolean flag(String text) {
        return TRUE.contains(text) || text.equalsIgnoreCase("true");
    }

    /** As it is sent. */
    private static boolean isUri(String value) {
        try {
            return value.equals(new URI(value).toString());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isWord(String value) {
        return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
    }

    private static boolean isPath(String value) {
        try {
            return Path.of(value).getNameCount() >= 0;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isLogFile(String value) {
        Path name = Path.of(value).getFileName();
        return value.indexOf('%') < 0 && (name == null || !name.toString().matches(".*[\\\\\\[\\](){}*+?^$|].*"));
    }

    /** A base for paths: without user, query and fragment. */
    private static boolean isUrl(String value) {
        try {
            return value.matches("https?://[^/\\s?#@]+(/[^\\s?#]*)?")
                    && new URI(value).getPort() <= MOST_PORT
                    && hasPort(value);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** A port that is no number makes of host and port a name, to URIs. */
    private static boolean hasPort(String url) {
        String server = url.replaceFirst("https?://", "").replaceFirst("/.*", "");
        int colon = server.lastIndexOf(':');
        boolean port = colon > server.lastIndexOf(']');
        return (!port || within(server.substring(colon + 1), 1, MOST_PORT))
                && HostName.usable(port ? server.substring(0, colon) : server);
    }

    public static @Nullable StorageType storageType(String value) {
        String name = value.toLowerCase(Locale.ROOT);
        for (StorageType type : StorageType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
                return type;
            }
        }
        return STORAGE_ALIASES.get(name);
    }

    /** S3's word for it. */
    public static @Nullable String encryption(String value) {
        return ENCRYPTIONS.stream().filter(value::equalsIgnoreCase).findFirst().orElse(null);
    }

    private static boolean among(String value, List<String> names) {
        return names.stream().anyMatch(value::equalsIgnoreCase);
    }

    private static boolean within(String value, int least, int most) {
        if (!value.matches("[0-9]{1,9}")) {
            return false;
        }
        int number = Integer.parseInt(value);
        return number >= least && number <= most;
    }
}
