package io.migrator.milvus;

/**
 * A Milvus release.
 *
 * @param text as the server gave it, such as {@code v2.3.5-lite}
 */
public record ServerVersion(int major, int minor, int patch, String text) {
    public boolean atLeast(int otherMajor, int otherMinor, int otherPatch) {
        if (major != otherMajor) {
            return major > otherMajor;
        }
        return minor != otherMinor ? minor > otherMinor : patch >= otherPatch;
    }
}
