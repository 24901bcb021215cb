package io.migrator.format.layout;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of backups: milvus-backup's rule for new ones, a looser one for those that are there already. */
public final class BackupName {
    /** milvus-backup's limit, in bytes; only ASCII is allowed, so also in characters. */
    private static final int MAX_LENGTH = 128;

    private static final Pattern NEW = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern EXISTING = Pattern.compile("[^/\\\\\\s\\p{Cntrl}]{1,255}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy_MM_dd_HH_mm_ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private BackupName() {}

    /**
     * The name of a backup that was given none: {@code <collection>_<yyyy_MM_dd_HH_mm_ss>} in UTC. Characters that a name
     * may not have become {@code _}, and a long collection name is cut.
     */
    public static String byDefault(String collection, Instant start) {
        String suffix = "_" + TIME.format(start);
        String stem = collection.replaceAll("[^A-Za-z0-9_]", "_");
        if (!NEW.matcher(stem).matches()) {
            stem = "_" + stem;
        }
        return stem.substring(0, Math.min(stem.length(), MAX_LENGTH - suffix.length())) + suffix;
    }

    /** The name of an export that was given none: no longer than names may be, the end of a long one is cut. */
    public static String ofExport(String exported) {
        String suffix = "_full";
        return exported.substring(0, Math.min(exported.length(), MAX_LENGTH - suffix.length())) + suffix;
    }

    /**
     * The name of a backup to be made.
     *
     * @throws MigratorException USAGE where milvus-backup would refuse the name
     */
    public static String requireValid(String name) {
        return requireValid(name, "name");
    }

    /** The same of a name that another parameter gives. */
    public static String requireValid(String name, String parameter) {
        String fault;
        if (name.isEmpty()) {
            fault = "the name is empty";
        } else if (name.length() > MAX_LENGTH) {
            fault = "the name has " + name.length() + " characters, at most " + MAX_LENGTH + " are allowed";
        } else if (!NEW.matcher(name).matches()) {
            fault = "a name starts with a letter or '_' and holds only letters, digits and '_'";
        } else {
            return name;
        }
        throw MigratorException.unable(
                Failure.USAGE, "use backup name", name, fault, "Give another %s=.".formatted(parameter));
    }

    /** Whether {@link #requireValid} takes the name. */
    public static boolean isValid(String name) {
        return name.length() <= MAX_LENGTH && NEW.matcher(name).matches();
    }

    /** Whether {@link #requireReadable} takes the name. */
    public static boolean isReadable(String name) {
        return EXISTING.matcher(name).matches()
                && !name.equals(".")
                && !name.equals("..")
                && !name.equals(PoolLayout.NAME);
    }

    /**
     * The name of a backup that may be there: anything that is exactly one directory of the vault.
     *
     * @throws MigratorException USAGE for a name that could reach outside its own directory
     */
    public static String requireReadable(String name) {
        if (isReadable(name)) {
            return name;
        }
        String fault = name.isEmpty()
                ? "the name is empty"
                : name.equals(PoolLayout.NAME)
                        ? "that directory is no backup, but holds what incremental backups share"
                        : "a name has no slash, no white space and at most 255 characters";
        throw MigratorException.unable(Failure.USAGE, "use backup name", name, fault, "Give a name that list shows.");
    }
}
