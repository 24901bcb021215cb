package io.migrator.format.pool;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A directory of the pool, written once, by one run: the insert logs, or the delta logs, of one segment exactly as they
 * were. Its {@link #path} ends with what tells the state of the segment (digest) and the run that wrote it, so that no two
 * runs and no two states ever share a directory.
 *
 * @param collection and {@code partition}, {@code segment}: ids in the source; the partition is -1 where deletes span all
 * @param kind whose logs it holds
 * @param digest of the source's files, 32 hexadecimal digits; see {@link UnitDigest}
 * @param run of the backup that wrote it, 12 hexadecimal digits
 */
public record Unit(long collection, long partition, long segment, Kind kind, String digest, String run)
        implements Comparable<Unit> {
    private static final Pattern PATH =
            Pattern.compile("([0-9]{1,19})/(-1|[0-9]{1,19})/([0-9]{1,19})/([id])([0-9a-f]{32})-([0-9a-f]{12})");

    /** What a unit holds; the letter stands in its name. */
    public enum Kind {
        INSERT('i'),
        DELTA('d');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }
    }

    /** Where it lies under the pool's data directory, such as {@code 449/450/451/i<digest>-<run>}: no slash at its ends. */
    public String path() {
        return collection + "/" + partition + "/" + segment + "/" + kind.letter + digest + "-" + run;
    }

    /** The unit of this {@link #path}; nothing where it is none's. */
    public static Optional<Unit> parse(String path) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Unit(
                            Long.parseLong(parts.group(1)),
                            Long.parseLong(parts.group(2)),
                            Long.parseLong(parts.group(3)),
                            parts.group(4).equals("i") ? Kind.INSERT : Kind.DELTA,
                            parts.group(5),
                            parts.group(6)))
                    // Zeros in front would be a second path of the same unit.
                    .filter(unit -> unit.path().equals(path));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether the other holds the same state of the same segment, whoever wrote it. */
    public boolean sameContent(Unit other) {
        return collection == other.collection
                && partition == other.partition
                && segment == other.segment
                && kind == other.kind
                && digest.equals(other.digest);
    }

    /** The order in which a listing of the pool shows them. */
    @Override
    public int compareTo(Unit other) {
        return (path() + "/").compareTo(other.path() + "/");
    }
}
