package io.migrator.format.layout;

import java.util.Comparator;

/** The order in which every store lists keys: by their UTF-8 bytes. */
public final class KeyOrder {
    public static final Comparator<String> UTF8 = KeyOrder::compare;

    private KeyOrder() {}

    // UTF-16 order differs from UTF-8 order only where a surrogate meets a character from U+E000 on.
    private static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
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
