package io.migrator.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Text that can be sent and shown: without control characters and without signs of a broken encoding. */
public final class PlainText {
    private static final char UNREADABLE = '\ufffd';

    private PlainText() {}

    /** What is wrong with the text, without the text; null where nothing is. */
    static @Nullable String fault(String text) {
        if (text.endsWith("\n") || text.endsWith("\r")) {
            return "ends with a line break; a secret made with 'echo' has one, with 'echo -n' it has none";
        }
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (Character.isISOControl(character)) {
                return "holds the control character U+%04X".formatted((int) character);
            }
            if (character == UNREADABLE || isHalf(text, i)) {
                return "holds a character that was lost in an encoding (U+%04X); it must be UTF-8"
                        .formatted((int) character);
            }
        }
        return null;
    }

    static boolean isVisibleAscii(String text) {
        return text.chars().allMatch(character -> character > ' ' && character < 0x7f);
    }

    /** On one line, whatever it holds. */
    public static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(character -> {
            if (character == '\n') {
                shown.append("\\n");
            } else if (Character.isISOControl(character)) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", character));
            } else {
                shown.append((char) character);
            }
        });
        return shown.toString();
    }

    /** One of two units of a character, without the other. */
    private static boolean isHalf(String text, int at) {
        char unit = text.charAt(at);
        boolean followed = at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        boolean led = at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
        return Character.isHighSurrogate(unit) ? !followed : Character.isLowSurrogate(unit) && !led;
    }
}
