package io.migrator.config.read;

import io.migrator.config.PlainText;
import io.migrator.config.StorageType;
import io.migrator.config.ValueKind;
import io.migrator.config.read.ConfigValues.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a bucket and a root path must look like, which depends on the kind of store. */
final class PlaceRules {
    private static final Pattern S3_BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern NO_S3_BUCKET = Pattern.compile(".*(\\.\\.|\\.-|-\\.).*|[0-9]+(\\.[0-9]+){3}");
    private static final Pattern CONTAINER = Pattern.compile("[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]|\\$root|\\$web");
    private static final Pattern GOOGLE_BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");
    /** Keys may have 1024; the rest is for what lies below. */
    private static final int LONGEST_ROOT = 512;

    private final ConfigValues values;
    private final List<String> problems;

    PlaceRules(ConfigValues values, List<String> problems) {
        this.values = values;
        this.problems = problems;
    }

    /** @param typeKey key of the storage type; the others those of the same store */
    void check(String typeKey, String bucketKey, String rootPathKey) {
        StorageType type = ValueKind.storageType(values.text(typeKey));
        if (type == StorageType.LOCAL) {
            if (values.text(rootPathKey).isEmpty()) {
                problem(rootPathKey, "must name the folder that takes the place of a bucket");
            }
            String wrong = ValueKind.PATH.problem(values.text(rootPathKey));
            if (wrong != null) {
                problem(rootPathKey, wrong);
            }
            return;
        }
        String bucket = values.text(bucketKey);
        if (!isBucket(type, bucket)) {
            problem(bucketKey, bucketRule(type));
        }
        String root = ConfigAssembly.rootPath(values.text(rootPathKey), StorageType.MINIO);
        if (!root.isEmpty() && Stream.of(root.split("/", -1)).anyMatch(PlaceRules::isNoFolder)) {
            problem(rootPathKey, "must be a path without empty parts, '.' and '..'");
        } else if (root.getBytes(StandardCharsets.UTF_8).length > LONGEST_ROOT) {
            problem(rootPathKey, "must have %d bytes at most".formatted(LONGEST_ROOT));
        }
    }

    private static boolean isNoFolder(String part) {
        return part.isEmpty() || part.equals(".") || part.equals("..");
    }

    private static boolean isBucket(@Nullable StorageType type, String name) {
        if (type == StorageType.AZURE) {
            return CONTAINER.matcher(name).matches();
        }
        return type == StorageType.GCPNATIVE
                ? GOOGLE_BUCKET.matcher(name).matches()
                : S3_BUCKET.matcher(name).matches()
                        && !NO_S3_BUCKET.matcher(name).matches();
    }

    private static String bucketRule(@Nullable StorageType type) {
        return type == StorageType.AZURE
                ? "must be the name of a container: 3 to 63 lower-case letters, digits and '-'"
                : "must be the name of a bucket alone: 3 to 63 lower-case letters, digits, '.' and '-'"
                        + (type == StorageType.GCPNATIVE ? ", or '_'" : "");
    }

    private void problem(String key, String what) {
        Value value = values.value(key);
        // What is taken over from another key is wrong there.
        String said = "%s: '%s' %s".formatted(key, PlainText.shown(value.text()), what);
        boolean toldBefore = !value.given() && problems.stream().anyMatch(problem -> problem.endsWith(what));
        if (!toldBefore) {
            problems.add(value.given() ? value.source() + ": " + said : said);
        }
    }
}
