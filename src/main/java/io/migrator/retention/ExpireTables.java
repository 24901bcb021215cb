package io.migrator.retention;

import io.migrator.batch.Transactions;
import io.migrator.retention.Decision.Outcome;
import io.migrator.retention.rules.Candidate;
import io.migrator.retention.rules.Verdict;
import io.migrator.retention.sweep.PoolHoldings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The frozen decisions about all backups that were judged, in the job database: what a restart goes on with. Their table is
 * no part of the one form that all job databases have: another form would refuse what restores have made.
 */
final class ExpireTables {
    private static final String COLUMNS = "seq, group_title, backup, run_id, data_of, state, bytes, source, selection,"
            + " series, tags, keep, warned, reasons, pooled, own, outcome, skipped";
    private static final int LONGEST_REASON = 4000;

    private final JdbcTemplate jdbc;
    private final Transactions transactions;

    ExpireTables(Transactions transactions) {
        this.jdbc = transactions.jdbc();
        this.transactions = transactions;
    }

    /** To be called before all else: what an earlier run left is forgotten with its tables, and after this was made. */
    void prepare() {
        transactions.script("migrator-expire.sql");
    }

    /** Takes the place of all decisions before; part of the caller's transaction. */
    void freeze(Map<String, List<Verdict>> groups, PoolHoldings holdings) {
        jdbc.update("delete from expire_backup");
        List<Object[]> rows = new ArrayList<>();
        groups.forEach((title, verdicts) -> verdicts.forEach(verdict -> rows.add(
                row(rows.size(), title, verdict, holdings.own(verdict.backup().name())))));
        transactions.update(
                "insert into expire_backup (" + COLUMNS
                        + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
                rows);
    }

    private static Object[] row(int sequence, String title, Verdict verdict, OptionalLong pooled) {
        Candidate one = verdict.backup();
        return new Object[] {
            sequence,
            title,
            one.name(),
            one.runId(),
            one.dataOf() == null ? "" : one.dataOf().toString(),
            one.state().name(),
            one.bytes(),
            one.source(),
            one.selection(),
            one.series(),
            String.join(",", one.tags()),
            verdict.keep(),
            verdict.warned(),
            String.join("\n", verdict.reasons()),
            pooled.isPresent(),
            pooled.orElse(one.bytes()),
            (verdict.keep() ? Outcome.KEPT : Outcome.PLANNED).name()
        };
    }

    /** In the order they were judged: by groups, the newest first. */
    List<Decision> all() {
        return jdbc.query("select " + COLUMNS + " from expire_backup order by seq", ExpireTables::decision);
    }

    /** Those that are still to go, the oldest first: what a stop leaves is the newer part. */
    List<Decision> planned() {
        return jdbc
                .query(
                        "select " + COLUMNS + " from expire_backup where outcome = 'PLANNED' order by seq",
                        ExpireTables::decision)
                .stream()
                .sorted(Comparator.comparing((Decision one) -> one.backup().moment())
                        .thenComparing(Decision::sequence))
                .toList();
    }

    /** Of each group what was not removed yet; what was to go and was left alone stays. */
    Map<String, List<Verdict>> remaining() {
        Map<String, List<Verdict>> groups = new LinkedHashMap<>();
        all().stream().filter(Decision::isThere).forEach(one -> groups.computeIfAbsent(
                        one.group(), title -> new ArrayList<>())
                .add(new Verdict(one.backup(), one.outcome() != Outcome.PLANNED, List.of(), false)));
        return groups;
    }

    /** Good backups of the group that are to stay, the newest first. */
    List<Decision> stayingGood(String group) {
        return jdbc
                .query(
                        "select " + COLUMNS
                                + " from expire_backup where group_title = ? and outcome = 'KEPT' order by seq",
                        ExpireTables::decision,
                        group)
                .stream()
                .filter(one -> one.backup().good())
                .toList();
    }

    void ended(Decision decision, Outcome outcome, String skipped) {
        jdbc.update(
                "update expire_backup set outcome = ?, skipped = ? where seq = ?",
                outcome.name(),
                skipped.substring(0, Math.min(skipped.length(), LONGEST_REASON)),
                decision.sequence());
    }

    private static Decision decision(ResultSet row, int index) throws SQLException {
        String dataOf = row.getString(5);
        Candidate backup = new Candidate(
                row.getString(3),
                row.getString(4),
                dataOf.isEmpty() ? null : Instant.parse(dataOf),
                Candidate.State.valueOf(row.getString(6)),
                "",
                row.getLong(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                words(row.getString(11), ","),
                Map.of(),
                "",
                false);
        Verdict verdict = new Verdict(backup, row.getBoolean(12), words(row.getString(14), "\n"), row.getBoolean(13));
        return new Decision(
                row.getLong(1),
                row.getString(2),
                verdict,
                row.getBoolean(15),
                row.getLong(16),
                Outcome.valueOf(row.getString(17)),
                row.getString(18));
    }

    private static List<String> words(String text, String between) {
        return Stream.of(text.split(between, -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
