package io.migrator.milvus.calls;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Milvus release.
 *
 * @param patch the newest possible ({@link #NEWEST}) where the text names a line but no patch, as development builds do
 * @param text as the server gave it, such as {@code v2.3.5-lite}
 */
public record ServerVersion(int major, int minor, int patch, String text) {
    /** Stands for "the newest of that line". */
    public static final int NEWEST = 9999;

    /** Other numbers are a vendor's own, or of a build. */
    private static final Pattern NUMBERS =
            Pattern.compile("(?i)(?:^|\\bmilvus)[\\s-]*v?(\\d{1,3})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?");

    /**
     * Reads what GetVersion and Connect give: {@code v2.3.5-lite}, hotfixes ({@code 2.4.13.1}), development tags
     * ({@code 2.6-20260404-abc}: newest of 2.6) and vendors' texts ("... (Compatible with Milvus 2.6)"). A number counts
     * at the start or behind "Milvus"; a text without one is a build from the main branch: the newest of all.
     */
    public static ServerVersion parse(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        if (!numbers.find()) {
            return new ServerVersion(NEWEST, 0, 0, text);
        }
        String patch = numbers.group(3);
        return new ServerVersion(
                Integer.parseInt(numbers.group(1)),
                Integer.parseInt(numbers.group(2)),
                patch == null ? NEWEST : Integer.parseInt(patch),
                text);
    }

    /** The one that tells more: a release, else a line of releases. */
    public ServerVersion or(ServerVersion other) {
        return other.told() > told() ? other : this;
    }

    /** Whether the text names a release, and not a line of them or nothing. */
    public boolean isRelease() {
        return told() == 2;
    }

    private int told() {
        return major == NEWEST ? 0 : patch == NEWEST ? 1 : 2;
    }

    public boolean atLeast(int otherMajor, int otherMinor, int otherPatch) {
        if (major != otherMajor) {
            return major > otherMajor;
        }
        return minor != otherMinor ? minor > otherMinor : patch >= otherPatch;
    }
}
