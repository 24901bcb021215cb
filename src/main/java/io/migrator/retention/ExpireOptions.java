package io.migrator.retention;

import io.migrator.batch.JobContext;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.retention.rules.Grouping;
import io.migrator.retention.rules.Period;
import io.migrator.retention.rules.Policy;
import io.migrator.retention.rules.Span;
import io.migrator.store.throttle.Throttle;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parameters of an expire, as types. Values were held against what is allowed when the command was read.
 *
 * @param choice which backups are judged at all
 * @param mostDeleted good ones of a group that may go; empty for half of them
 * @param keepLastCopies whether a collection stays in a backup that no other has
 * @param grace units of the pool that are younger stay
 */
record ExpireOptions(
        Policy policy,
        Grouping grouping,
        Choice choice,
        OptionalInt mostDeleted,
        boolean keepLastCopies,
        boolean sweep,
        Optional<Span> grace,
        Throttle throttle) {
    /** USAGE where no rule is given, or no such zone. */
    static ExpireOptions of(JobContext context) {
        Policy policy = new Policy(
                context.parameter("keep-last").isEmpty() ? 0 : context.number("keep-last"),
                counts(context),
                span(context, "keep-within"),
                spans(context),
                tags(context.parameter("keep-tag")),
                zone(context.parameter("zone")),
                context.number("min-good"),
                Optional.of(context.parameter("incomplete-after"))
                        .filter(text -> !text.equals("never"))
                        .map(Span::new));
        if (policy.isEmpty()) {
            throw MigratorException.unable(
                    Failure.USAGE,
                    "expire",
                    context.config().vault().display(),
                    "no rule says what is to stay",
                    "Give at least one, such as keep-last=3 keep-daily=14; migrator --job=expire --help has them all.");
        }
        String most = context.parameter("max-delete");
        return new ExpireOptions(
                policy,
                Grouping.parse(context.parameter("group-by")),
                Choice.of(context),
                most.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(most)),
                context.parameter("last-copy").equals("keep"),
                context.parameter("sweep").equals("yes"),
                span(context, "grace"),
                Throttle.of(context::parameter));
    }

    /** The same text for commands that decide the same; what may go at once is no part of that. */
    String text() {
        return "%s group-by=%s last-copy=%s %s"
                .formatted(policy.text(), grouping.text(), keepLastCopies ? "keep" : "warn", choice.text());
    }

    private static Map<Period, Integer> counts(JobContext context) {
        return each(period -> Optional.of(context.parameter("keep-" + period.word()))
                .filter(text -> !text.isEmpty())
                .map(Integer::valueOf));
    }

    private static Map<Period, Span> spans(JobContext context) {
        return each(period -> span(context, "keep-within-" + period.word()));
    }

    private static <T> Map<Period, T> each(Function<Period, Optional<T>> value) {
        Map<Period, T> all = new EnumMap<>(Period.class);
        for (Period period : Period.values()) {
            value.apply(period).ifPresent(found -> all.put(period, found));
        }
        return all;
    }

    private static Optional<Span> span(JobContext context, String parameter) {
        return Optional.of(context.parameter(parameter))
                .filter(text -> !text.isEmpty())
                .map(Span::new);
    }

    /** {@code a,b;c}: with both of the first, or with the last. */
    private static List<Set<String>> tags(String text) {
        return Stream.of(text.split(";", -1))
                .map(all -> Stream.of(all.split(",", -1))
                        .filter(tag -> !tag.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()))
                .filter(all -> !all.isEmpty())
                .toList();
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw MigratorException.unable(
                    Failure.USAGE,
                    "use zone",
                    name,
                    "there is no such zone",
                    "Give an IANA name such as Europe/Berlin, or UTC.",
                    e);
        }
    }
}
