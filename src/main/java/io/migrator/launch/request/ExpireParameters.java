package io.migrator.launch.request;

import static io.migrator.launch.request.ParameterSpec.tuning;

import io.migrator.retention.rules.Grouping;
import io.migrator.retention.rules.Period;
import io.migrator.retention.rules.Span;
import java.util.ArrayList;
import java.util.List;

/** What the job {@code expire} takes. None names the work: each command judges anew, or ends what the same one began. */
final class ExpireParameters {
    private static final String COUNT = "[0-9]{1,5}";
    private static final String WORDS = "[^\\s,/\\\\]{1,255}(,[^\\s,/\\\\]{1,255})*";

    static final List<ParameterSpec> ALL = all();

    private ExpireParameters() {}

    private static List<ParameterSpec> all() {
        List<ParameterSpec> all = new ArrayList<>();
        all.add(tuning("keep-last", null, COUNT, "so many newest good backups of each group stay"));
        for (Period period : Period.values()) {
            all.add(tuning(
                    "keep-" + period.word(),
                    null,
                    COUNT,
                    "the newest of each of the last so many %s that have one".formatted(period.many())));
        }
        all.add(tuning(
                "keep-within", null, Span.FORM, "all not that much older than the newest: 36h, 14d, 8w, 6m, 2y"));
        for (Period period : Period.values()) {
            all.add(tuning(
                    "keep-within-" + period.word(),
                    null,
                    Span.FORM,
                    "of these the newest of each of the %s".formatted(period.many())));
        }
        all.add(tuning("keep-tag", null, "[^\\s]+", "those with a tag; a,b: with both; a;b: with one of them"));
        all.add(tuning("name", null, WORDS, "judge only backups of these names, comma separated, * and ? allowed"));
        all.add(tuning("series", null, WORDS, "judge only those of these series, in the same form"));
        all.add(tuning("tag", null, WORDS, "judge only those with one of these tags, in the same form"));
        all.add(tuning(
                "collection", null, null, "judge only those of nothing but these collections: coll, db.coll, db.*"));
        all.add(tuning(
                "group-by",
                "source,selection",
                Grouping.FORM,
                "what backups have in common that are judged together: source, selection, series, tag, or none"));
        all.add(tuning("min-good", "1", "[1-9][0-9]{0,4}", "so many good ones of a group stay whatever the rules say"));
        all.add(tuning("max-delete", null, COUNT, "good ones of a group that may go at once; default half of them"));
        all.add(tuning("last-copy", "warn", "warn|keep", "a collection that only backups have which go"));
        all.add(tuning("incomplete-after", "7d", "never|" + Span.FORM, "when backups that are not complete go"));
        all.add(tuning("made-by", "migrator", "migrator|any", "any: judge milvus-backup's, too"));
        all.add(tuning(
                "sweep", "yes", "yes|no", "whether units of the pool that no backup needs any more are deleted"));
        all.add(tuning(
                "grace", null, Span.FORM, "units stay that were written no longer ago than that: 2d; default none"));
        all.add(tuning("zone", "UTC", "[A-Za-z0-9_+/-]{1,64}", "whose days and weeks are counted: Europe/Berlin"));
        all.add(SharedParameters.REQUESTS);
        return List.copyOf(all);
    }
}
