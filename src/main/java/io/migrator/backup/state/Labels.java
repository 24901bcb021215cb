package io.migrator.backup.state;

import io.migrator.batch.JobContext;
import io.migrator.selection.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the record of a backup says of it for those who sort backups later.
 *
 * @param selection what was asked for, in words that are the same for the same request, however it was written
 * @param series the row of backups that this is one of; empty for none
 * @param tags words of the user's, in their order, each once
 */
public record Labels(String selection, String series, List<String> tags) {
    static Labels of(JobContext context) {
        return new Labels(
                selection(
                        context.parameter("collection"),
                        context.parameter("exclude"),
                        context.parameter("partition"),
                        context.parameter("meta-only").equals("yes")),
                context.parameter("series"),
                words(context.parameter("tag")).distinct().sorted().toList());
    }

    /** Not the names that were found: {@code db.*} stays one request while collections come and go. */
    static String selection(String collections, String excluded, String partitions, boolean metaOnly) {
        List<String> parts = new ArrayList<>();
        parts.add(Selection.parse(collections).canonical());
        Optional<Selection> without = Selection.given(excluded);
        without.ifPresent(selection -> parts.add("exclude=" + selection.canonical()));
        String of = words(partitions).distinct().sorted().collect(Collectors.joining(","));
        if (!of.isEmpty()) {
            parts.add("partition=" + of);
        }
        if (metaOnly) {
            parts.add("meta-only=yes");
        }
        return String.join(" ", parts);
    }

    private static Stream<String> words(String list) {
        return Stream.of(list.split(",", -1)).map(String::strip).filter(word -> !word.isEmpty());
    }
}
