package io.migrator.verify;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.util.Locale;

/**
 * Which segments a deep proof reads. Chosen by a hash of the segment, so that it does not depend on what else is in the
 * backup: the m shares of {@code n/m} are disjoint, and together they are everything.
 */
final class Share {
    static final Share ALL = new Share("", 0, 0, 1, 1);

    private static final long SCALE = 1_000_000;

    private final String text;
    private final long salt;
    private final long from;
    private final long until;
    private final long modulus;

    private Share(String text, long salt, long from, long until, long modulus) {
        this.text = text;
        this.salt = salt;
        this.from = from;
        this.until = until;
        this.modulus = modulus;
    }

    /**
     * @param text {@code n/m}, {@code x%}, or empty for everything
     * @param seed what a sample of so many percent depends on
     */
    static Share of(String text, long seed) {
        if (text.isEmpty()) {
            return ALL;
        }
        if (text.endsWith("%")) {
            double percent = Double.parseDouble(text.substring(0, text.length() - 1));
            return new Share(text, seed, 0, Math.round(percent / 100 * SCALE), SCALE);
        }
        int slash = text.indexOf('/');
        long share = Long.parseLong(text.substring(0, slash));
        long shares = Long.parseLong(text.substring(slash + 1));
        if (share > shares) {
            throw MigratorException.unable(
                    Failure.USAGE,
                    "take the share",
                    text,
                    "share %d is out of range 1–%d".formatted(share, shares),
                    "Give subset= a share from 1/%d to %d/%d.".formatted(shares, shares, shares));
        }
        return new Share(text, 0, share - 1, share, shares);
    }

    boolean isSample() {
        return text.endsWith("%");
    }

    boolean isAll() {
        return text.isEmpty();
    }

    boolean has(long collection, long segment) {
        long place = Long.remainderUnsigned(mixed(mixed(collection ^ salt) + segment), modulus);
        return place >= from && place < until;
    }

    /** The finalizer of SplitMix64: neighbouring ids come out far apart. */
    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    @Override
    public String toString() {
        return isAll() ? "everything" : text.toLowerCase(Locale.ROOT);
    }
}
