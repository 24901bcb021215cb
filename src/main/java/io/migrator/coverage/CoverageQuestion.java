package io.migrator.coverage;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.retention.rules.Span;
import io.migrator.selection.CollectionName;
import io.migrator.selection.Selection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What is asked of a vault.
 *
 * @param maxAge how old the newest complete backup of a collection may be; empty where nothing is demanded
 * @param theirs whether milvus-backup's backups count, for which their metas are read
 */
public record CoverageQuestion(
        Optional<Span> maxAge, Selection collections, Optional<Selection> without, boolean theirs) {
    private static final String ANY = "any";

    /** Months and years are no ages of a nightly backup, and {@code m} is taken for minutes elsewhere. */
    private static final String AGE = "([1-9][0-9]{0,4}[hdw]){1,3}";

    /**
     * As it was said; what was not said is empty.
     *
     * @throws MigratorException USAGE
     */
    public static CoverageQuestion of(String maxAge, String collections, String without, String madeBy) {
        if (!maxAge.isEmpty() && !maxAge.matches(AGE)) {
            throw unusable("--max-age", maxAge, "it is no age", "Give hours, days or weeks: 26h, 2d, 1w, 1d12h.");
        }
        if (!madeBy.isEmpty() && !madeBy.equals(ANY) && !madeBy.equals("migrator")) {
            throw unusable("--made-by", madeBy, "there is no such word", "Give migrator or any.");
        }
        return new CoverageQuestion(
                maxAge.isEmpty() ? Optional.empty() : Optional.of(new Span(maxAge)),
                Selection.parse(collections),
                Selection.given(without),
                madeBy.equals(ANY));
    }

    boolean takes(CollectionName name) {
        return collections.matches(name)
                && without.filter(selection -> selection.matches(name)).isEmpty();
    }

    /** The moment before which a backup is too old; empty where none is. */
    Optional<Instant> oldest(Instant now) {
        return maxAge.map(age -> age.before(now, ZoneOffset.UTC));
    }

    private static MigratorException unusable(String option, String value, String cause, String advice) {
        return MigratorException.unable(Failure.USAGE, "use " + option, value, cause, advice);
    }
}
