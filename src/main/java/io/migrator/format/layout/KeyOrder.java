package io.migrator.format.layout;

import java.util.Comparator;

/** The order in which every store lists keys: by their UTF-8 bytes. */
public final class KeyOrder {
    public static final Comparator<String> UTF8 = KeyOrder::compare;

    private static final int STRIDE = 16;

    private KeyOrder() {}

    // UTF-16 order differs from UTF-8 order only where a surrogate meets a character from U+E000 on.
    private static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        int same = 0;
        // Keys of a listing have long beginnings in common, which are passed over many characters at a time.
        while (same + STRIDE <= common && left.regionMatches(same, right, same, STRIDE)) {
            same += STRIDE;
        }
        for (int i = same; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean mixed = Character.isSurrogate(a) != Character.isSurrogate(b);
                if (mixed && Math.min(a, b) >= Character.MIN_SURROGATE) {
                    return Character.isSurrogate(a) ? 1 : -1;
                }
                return Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
