package io.migrator.failure;

/**
 * Text of others, made fit for a terminal and a log: characters that move the cursor, colour, turn the direction or begin a
 * new line are written as JSON writes them ({@code \n}, {@code \}{@code u001b}), so that names in a vault cannot forge lines. Inside
 * a JSON text this changes nothing that a reader of JSON sees.
 */
public final class Printable {
    private Printable() {}

    /** Of one line: line ends are escaped, too. */
    public static String text(String text) {
        return escaped(text, false);
    }

    /** Of several lines. */
    public static String lines(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean lines) {
        int first = 0;
        while (first < text.length() && !steers(text.charAt(first), lines)) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (steers(c, lines)) {
                switch (c) {
                    case '\n' -> escaped.append("\\n");
                    case '\r' -> escaped.append("\\r");
                    case '\t' -> escaped.append("\\t");
                    default -> escaped.append("\\u%04x".formatted((int) c));
                }
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** All such characters are in the first plane, so one {@code char} tells. */
    private static boolean steers(char c, boolean lines) {
        if (c == '\n' || c == '\t') {
            return !lines;
        }
        return Character.isISOControl(c)
                || c == '\u061c'
                || (c >= '\u200e' && c <= '\u200f')
                || (c >= '\u2028' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\ufeff';
    }
}
