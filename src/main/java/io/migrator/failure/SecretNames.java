package io.migrator.failure;

import java.util.regex.Pattern;

/** Names of properties and parameters of Milvus whose values are keys or passwords: shown nowhere. */
public final class SecretNames {
    private static final Pattern NAME = Pattern.compile(
            "(?:password|passwd|secret|api[._-]?key|access[._-]?key|secret[._-]?key|cipher\\.key|(?:^|[._-])token|credential|ezk)$",
            Pattern.CASE_INSENSITIVE);
    /** Such a name within a value that is JSON itself. */
    private static final Pattern WITHIN = Pattern.compile(
            "(?:password|passwd|secret|api[._-]?key|access[._-]?key|token|credential)[\"']\\s{0,9}:",
            Pattern.CASE_INSENSITIVE);

    private SecretNames() {}

    /** Whether a value of that name is one. */
    public static boolean is(String name) {
        return NAME.matcher(name).find();
    }

    /** Whether a value names one within itself. */
    public static boolean in(String value) {
        return WITHIN.matcher(value).find();
    }
}
