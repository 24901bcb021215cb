package io.migrator.coverage;

import io.migrator.coverage.CoveredCollection.Copy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was found so far of one collection, while the backups of a vault are gone through in any order. */
final class Trace {
    /** Clocks differ; a backup from farther ahead was made by one that is wrong, and would be young for ever. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final String collection;
    private final long id;
    private final Instant latest;
    private @Nullable Copy complete;
    private @Nullable Copy partial;
    private @Nullable Told renamed;
    private @Nullable Told notWhole;
    private @Nullable Told another;
    private @Nullable Told missing;
    private @Nullable Told future;

    Trace(String collection, long id, Instant now) {
        this.collection = collection;
        this.id = id;
        this.latest = now.plus(AHEAD);
    }

    long id() {
        return id;
    }

    /** A remark on a backup, of which the newest is told. */
    private record Told(Copy copy, String text) {}

    /** A backup that has all of its rows. */
    void had(Copy copy, String as, boolean backupComplete) {
        if (copy.dataOf().isAfter(latest)) {
            future = newer(
                    future,
                    new Told(
                            copy, "%s is of the future (%s): a clock was off".formatted(copy.backup(), copy.dataOf())));
        } else if (!backupComplete) {
            partial = copy.newerThan(partial) ? copy : partial;
        } else if (copy.newerThan(complete)) {
            complete = copy;
            renamed = as.equals(collection) ? null : new Told(copy, "as %s in %s".formatted(as, copy.backup()));
        }
    }

    /** A backup that was not asked for all of its rows. */
    void hadSome(Copy copy) {
        notWhole = newer(notWhole, new Told(copy, "%s was not asked for all of its rows".formatted(copy.backup())));
    }

    /** A backup of something else of that name. */
    void wasAnother(Copy copy, long otherId, String otherSource) {
        another = newer(
                another,
                new Told(
                        copy,
                        otherSource.isEmpty()
                                ? "%s has another collection of that name (id %d, now %d): it was dropped and made anew"
                                                .formatted(copy.backup(), otherId, id)
                                        + ", or is another Milvus'"
                                : "%s has one of that name of another Milvus (%s)"
                                        .formatted(copy.backup(), otherSource)));
    }

    /** A backup that was to have it, and could not. */
    void wasMissing(Copy copy, String reason) {
        missing = newer(missing, new Told(copy, "%s lacks it: %s".formatted(copy.backup(), reason)));
    }

    private static Told newer(@Nullable Told known, Told found) {
        return found.copy().newerThan(known == null ? null : known.copy()) ? found : Objects.requireNonNull(known);
    }

    /** @param oldest of which it may be; empty for any age */
    CoveredCollection result(Optional<Instant> oldest) {
        Copy newest = complete;
        boolean young = newest != null
                && oldest.filter(limit -> newest.dataOf().isBefore(limit)).isEmpty();
        Copy newerPartial = partial != null && partial.newerThan(newest) ? partial : null;
        List<String> remarks = new ArrayList<>();
        add(remarks, renamed, null);
        if (newerPartial != null) {
            remarks.add("%s has it and lacks others (PARTIAL)".formatted(newerPartial.backup()));
        }
        for (Told told : new Told[] {missing, another, notWhole, future}) {
            add(remarks, told, newest);
        }
        return new CoveredCollection(collection, id, newest, young, newerPartial, remarks);
    }

    /** What is older than a good one needs no word. */
    private static void add(List<String> remarks, @Nullable Told told, @Nullable Copy newest) {
        if (told != null && told.copy().newerThan(newest)) {
            remarks.add(told.text());
        }
    }
}
