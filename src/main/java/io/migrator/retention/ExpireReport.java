package io.migrator.retention;

import io.migrator.batch.JobContext;
import io.migrator.failure.Counted;
import io.migrator.failure.FirstNames;
import io.migrator.report.ByteSize;
import io.migrator.report.RunReport;
import io.migrator.retention.Decision.Outcome;
import io.migrator.retention.hold.VaultClock;
import io.migrator.retention.rules.Candidate;
import io.migrator.retention.sweep.Swept;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an expire says at its end: a line for each backup that was judged, the same before and after. */
final class ExpireReport {
    private static final int NAMES_SHOWN = 20;
    private static final List<String> HEADER = List.of("backup", "data of", "state", "bytes", "own", "keep", "because");

    private final JobContext context;
    private String done = "";

    ExpireReport(JobContext context) {
        this.context = context;
    }

    String done() {
        return done;
    }

    /** @param preview whether nothing was deleted, but looked at what would be */
    void tell(
            List<Decision> decisions,
            List<String> lastCopies,
            int notJudged,
            Swept swept,
            VaultClock clock,
            ZoneId zone,
            boolean preview) {
        RunReport report = context.report();
        Map<String, List<Decision>> groups = new LinkedHashMap<>();
        decisions.forEach(one ->
                groups.computeIfAbsent(one.group(), title -> new ArrayList<>()).add(one));
        groups.forEach((title, group) -> report.table(new RunReport.Table(
                "%s (%s)".formatted(title, Counted.of(group.size(), "backup")),
                HEADER,
                group.stream().map(ExpireReport::row).toList())));
        report.fact("now", clock.now().toString());
        report.fact("zone", zone.getId());
        report.fact("clock_skew_seconds", clock.ahead().toSeconds());
        report.fact("backups", decisions.stream().map(ExpireReport::facts).toList());
        report.fact("not_judged", notJudged);
        List<Decision> going = decisions.stream()
                .filter(one -> !one.isThere() || one.outcome() == Outcome.PLANNED)
                .toList();
        long bytes = going.stream()
                        .filter(one -> one.outcome() != Outcome.GONE && !one.pooled())
                        .mapToLong(one -> one.backup().bytes())
                        .sum()
                + swept.freed().bytes();
        report.fact("kept", decisions.size() - going.size());
        report.fact(preview ? "to_remove" : "removed", going.size());
        report.fact(preview ? "bytes_to_free" : "freed_bytes", bytes);
        report.fact("pool_bytes", swept.pool().bytes());
        report.fact("orphan_bytes", swept.spared().bytes());
        report.fact("last_copies", lastCopies);
        List<String> alone =
                decisions.stream().flatMap(one -> attention(one).stream()).toList();
        if (!alone.isEmpty()) {
            report.fact(RunReport.SKIPPED, alone);
        }
        done = "%s %d of %s, kept %d; freed %s%s%s"
                .formatted(
                        preview ? "would remove" : "removed",
                        going.size(),
                        Counted.of(decisions.size(), "backup"),
                        decisions.size() - going.size(),
                        ByteSize.text((double) bytes),
                        swept.pool().units() == 0 ? "" : " (%s)".formatted(swept.told()),
                        lastCopies.isEmpty() ? "" : "; last copy of: " + FirstNames.of(lastCopies, NAMES_SHOWN, ", "));
    }

    private static List<String> attention(Decision one) {
        if (one.outcome() == Outcome.SKIPPED) {
            return List.of(one.skipped());
        }
        return one.verdict().warned() ? List.of("%s: %s".formatted(one.backup().name(), reasons(one))) : List.of();
    }

    private static String reasons(Decision one) {
        return String.join(", ", one.verdict().reasons());
    }

    private static List<String> row(Decision one) {
        Candidate backup = one.backup();
        String because = one.outcome() == Outcome.SKIPPED ? one.skipped() : reasons(one);
        return List.of(
                backup.name(),
                text(backup.dataOf(), "-"),
                backup.state().name(),
                ByteSize.text((double) backup.bytes()),
                ByteSize.text((double) one.own()),
                one.verdict().keep() ? "yes" : one.outcome() == Outcome.SKIPPED ? "left" : "no",
                because);
    }

    private static Map<String, Object> facts(Decision one) {
        Candidate backup = one.backup();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("backup", backup.name());
        facts.put("group", one.group());
        facts.put("source", backup.source());
        facts.put("selection", backup.selection());
        facts.put("run_id", backup.runId());
        facts.put("data_of", text(backup.dataOf(), ""));
        facts.put("state", backup.state().name().toLowerCase(Locale.ROOT));
        facts.put("bytes", backup.bytes());
        facts.put("own_bytes", one.own());
        facts.put("keep", one.verdict().keep());
        facts.put("reasons", one.verdict().reasons());
        facts.put("removed", !one.isThere());
        Stream.of(one.skipped()).filter(why -> !why.isEmpty()).forEach(why -> facts.put("skipped", why));
        return facts;
    }

    private static String text(@Nullable Instant moment, String otherwise) {
        return moment == null
                ? otherwise
                : moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
