package io.migrator.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verb that the bare words name.
 *
 * @param behindHelp the verb that {@code help} is asked about
 * @param backup the name of a backup that stands behind the verb; null where none does
 * @param known false where only unknown words were given
 */
record VerbWords(Verb verb, @Nullable Verb behindHelp, @Nullable String backup, boolean known, List<String> problems) {
    static VerbWords of(List<String> words) {
        Verb verb = Verb.JOB;
        Verb behindHelp = null;
        String backup = null;
        List<String> problems = new ArrayList<>();
        for (int at = 0; at < words.size(); at++) {
            Verb two = at + 1 < words.size() ? Verb.named(words.get(at) + " " + words.get(at + 1)) : null;
            Verb named = two != null ? two : Verb.named(words.get(at));
            at += two != null ? 1 : 0;
            if (named == null && backup == null && verb.readsBackup()) {
                backup = words.get(at);
            } else if (named == null) {
                problems.add(Words.unknownWord(verb, words.get(at)));
            } else if (verb == Verb.JOB) {
                verb = named;
            } else if (verb == Verb.HELP && behindHelp == null) {
                behindHelp = named;
            } else {
                problems.add("'%s' cannot stand beside '%s'".formatted(named.word(), verb.word()));
            }
        }
        return new VerbWords(verb, behindHelp, backup, words.isEmpty() || verb != Verb.JOB, problems);
    }
}
