package io.migrator.retention.sweep;

import io.migrator.format.pool.Unit;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Units of which some are struck out, in nine bytes each. It knows a digest of 64 bits of each alone: two units that share
 * one are struck out together, so that at worst a unit stays that could go.
 */
final class UnitSet {
    private static final int FIRST = 1024;

    private long[] digests = new long[FIRST];
    private int size;
    private final BitSet struck = new BitSet();
    private boolean complete;

    /** Before anything is asked or struck out. */
    void add(Unit unit) {
        if (complete) {
            throw new IllegalStateException("the set is complete");
        }
        if (size == digests.length) {
            digests = Arrays.copyOf(digests, Math.addExact(size, size / 2));
        }
        digests[size++] = digest(unit);
    }

    /** From now on none comes in. */
    UnitSet complete() {
        Arrays.sort(digests, 0, size);
        complete = true;
        return this;
    }

    void strike(Unit unit) {
        int at = Arrays.binarySearch(digests, 0, size, digest(unit));
        if (at >= 0) {
            // The same digest may stand in several places, and a search finds any of them.
            struck.set(first(at));
        }
    }

    /** Whether it is in the set and was not struck out. */
    boolean left(Unit unit) {
        int at = Arrays.binarySearch(digests, 0, size, digest(unit));
        return at >= 0 && !struck.get(first(at));
    }

    private int first(int found) {
        int at = found;
        while (at > 0 && digests[at - 1] == digests[at]) {
            at--;
        }
        return at;
    }

    /** Its name holds 32 digits of a SHA-256 already. */
    private static long digest(Unit unit) {
        long content = Long.parseUnsignedLong(unit.digest().substring(0, 16), 16);
        long run = Long.parseLong(unit.run(), 16);
        long place = mixed(mixed(mixed(unit.collection()) + unit.partition()) + unit.segment())
                + (unit.kind() == Unit.Kind.DELTA ? 1 : 0);
        return mixed(mixed(content + run) + place);
    }

    /** The last step of SplitMix64. */
    private static long mixed(long value) {
        long once = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        long twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
        return twice ^ (twice >>> 31);
    }
}
