package io.migrator.retention;

import io.migrator.batch.JobContext;
import io.migrator.retention.rules.Candidate;
import io.migrator.selection.CollectionName;
import io.migrator.selection.Glob;
import io.migrator.selection.Selection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which backups are judged: each list narrows, and one that was not given does not.
 *
 * @param collections a backup of anything else as well is not meant
 * @param madeByAny milvus-backup's, too
 */
record Choice(
        List<String> names,
        List<String> series,
        List<String> tags,
        Optional<Selection> collections,
        boolean madeByAny) {
    static Choice of(JobContext context) {
        return new Choice(
                words(context.parameter("name")),
                words(context.parameter("series")),
                words(context.parameter("tag")),
                Selection.given(context.parameter("collection")),
                context.parameter("made-by").equals("any"));
    }

    private static List<String> words(String list) {
        return Stream.of(list.split(",", -1))
                .filter(word -> !word.isEmpty())
                .sorted()
                .distinct()
                .toList();
    }

    boolean takes(Candidate one) {
        boolean named = names.isEmpty() || any(names, one.name());
        return named
                && (one.restorable()
                        ? takesWhatItTells(one)
                        : series.isEmpty() && tags.isEmpty() && collections.isEmpty());
    }

    private boolean takesWhatItTells(Candidate one) {
        return (series.isEmpty() || any(series, one.series()))
                && (tags.isEmpty() || one.tags().stream().anyMatch(tag -> any(tags, tag)))
                && collections.map(wanted -> isOfNothingElse(one, wanted)).orElse(true);
    }

    private static boolean isOfNothingElse(Candidate one, Selection wanted) {
        return !one.collections().isEmpty()
                && one.collections().keySet().stream()
                        .map(CollectionName::parse)
                        .allMatch(wanted::matches);
    }

    private static boolean any(List<String> patterns, String text) {
        return patterns.stream().anyMatch(pattern -> Glob.matches(pattern, text));
    }

    /** The same text for the same choice. */
    String text() {
        return "name=%s series=%s tag=%s collection=%s made-by=%s"
                .formatted(
                        names,
                        series,
                        tags,
                        collections.map(Selection::canonical).orElse(""),
                        madeByAny ? "any" : "migrator");
    }
}
