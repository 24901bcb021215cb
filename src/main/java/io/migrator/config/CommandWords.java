package io.migrator.config;

import java.util.ArrayList;
import java.util.List;

/** A command line as words: separated by spaces, in single or double quotes where they hold some. No shell, so nothing else has a meaning. */
public final class CommandWords {
    private CommandWords() {}

    /** The words; of a text whose last quote is not closed what was read so far. */
    public static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        read(line, words);
        return words;
    }

    static boolean closed(String line) {
        return read(line, new ArrayList<>());
    }

    private static boolean read(String line, List<String> words) {
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
                begun = true;
            } else if (quote == 0 && c == ' ') {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return quote == 0;
    }
}
