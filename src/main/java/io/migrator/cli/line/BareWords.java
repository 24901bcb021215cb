package io.migrator.cli.line;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bare words beside a command's own.
 *
 * @param other the command that {@code help} is asked about
 * @param operand what stands behind the word, such as the name of a backup; null where nothing does
 */
record BareWords(@Nullable Command other, @Nullable String operand, List<String> problems) {
    /** @param words without the command's own */
    static BareWords of(CommandTable table, SaidCommand said, List<String> words) {
        Command command = said.command();
        Command other = null;
        String operand = null;
        List<String> problems = new ArrayList<>();
        for (int at = 0; at < words.size(); at++) {
            boolean before = at < said.before();
            String word = words.get(at);
            Command two = at + 1 < words.size() ? table.named(word + " " + words.get(at + 1)) : null;
            Command named = two != null ? two : table.named(word);
            at += two != null ? 1 : 0;
            if (named == null
                    && operand == null
                    && !before
                    && !command.operand().isEmpty()) {
                operand = word;
            } else if (named == null) {
                problems.add(table.unknownWord(before ? table.program() : command, word));
            } else if (command.takesWord() && other == null) {
                other = named;
            } else {
                problems.add("'%s' cannot stand beside '%s'".formatted(named.word(), command.word()));
            }
        }
        return new BareWords(other, operand, problems);
    }
}
