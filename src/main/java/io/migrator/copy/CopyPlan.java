package io.migrator.copy;

import io.migrator.batch.PlanCuts;
import io.migrator.batch.Transactions;
import io.migrator.format.checksum.Checksum;
import io.migrator.report.Stage;
import io.migrator.store.StoredObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The frozen list of objects to copy, one row each, in the job database. It says what is done, so a restart needs no
 * position: it reads the rows that are still {@link PlannedCopy.State#PLANNED}.
 */
public final class CopyPlan implements PlannedRows {
    private static final String COLUMNS =
            "seq, owner_id, segment_id, source_key, size, source_etag, target_key, state, target_etag, checksum";
    private static final int FETCH = 1000;

    private final JdbcTemplate jdbc;
    private final Transactions transactions;

    public CopyPlan(Transactions transactions) {
        this.jdbc = transactions.jdbc();
        this.transactions = transactions;
    }

    /** An object that is to be copied for a segment of a collection. */
    public record NewRow(long owner, long segment, StoredObject source, String targetKey) {}

    /** Appends rows for one segment. */
    public void add(long owner, long segment, Map<StoredObject, String> targetKeys) {
        add(targetKeys.entrySet().stream()
                .map(entry -> new NewRow(owner, segment, entry.getKey(), entry.getValue()))
                .toList());
    }

    /** Appends rows, all or none. */
    public void add(List<NewRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Long next = jdbc.queryForObject("select coalesce(max(seq), -1) + 1 from copy_plan", Long.class);
        long[] sequence = {next == null ? 0 : next};
        transactions.update(
                "insert into copy_plan (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, '', null)",
                rows.stream()
                        .map(row -> new Object[] {
                            sequence[0]++,
                            row.owner(),
                            row.segment(),
                            row.source().key(),
                            row.source().size(),
                            row.source().etag(),
                            row.targetKey(),
                            PlannedCopy.State.PLANNED.name()
                        })
                        .toList());
    }

    /** Until the transaction ends: what others have begun to write of it is waited for. */
    void lock(long owner) {
        jdbc.update("update copy_plan set owner_id = owner_id where owner_id = ?", owner);
    }

    public void remove(long owner) {
        jdbc.update("delete from copy_plan where owner_id = ?", owner);
    }

    public void clear() {
        jdbc.update("delete from copy_plan");
    }

    /** Rows still to copy with a sequence in (after, until], in order. */
    List<PlannedCopy> next(long after, long until, int limit) {
        return jdbc.query(
                "select " + COLUMNS
                        + " from copy_plan where seq > ? and seq <= ? and state = 'PLANNED' order by seq limit ?",
                CopyPlan::row,
                after,
                until,
                limit);
    }

    /** Rows still to copy of objects larger than that, in ascending order of the source key; the caller closes the stream. */
    public Stream<PlannedCopy> openBySourceKey(long largerThan) {
        return streaming("where state = 'PLANNED' and size > " + largerThan + " order by source_key");
    }

    /** So many objects in that state, at most: the first and the last of each of some owners. */
    public List<StoredObject> someOfEachOwner(PlannedCopy.State state, int most) {
        return jdbc.query(
                "select source_key, size, source_etag from copy_plan where seq in"
                        + " (select min(seq) from copy_plan where state = ? group by owner_id union"
                        + " select max(seq) from copy_plan where state = ? group by owner_id)"
                        + " order by seq desc limit ?",
                (row, index) -> new StoredObject(row.getString(1), row.getLong(2), row.getString(3)),
                state.name(),
                state.name(),
                most);
    }

    /** What the sources of these rows must have, by sequence. */
    public void expect(Map<Long, Checksum> sums) {
        transactions.update(
                "update copy_plan set checksum = ? where seq = ? and state = 'PLANNED'",
                sums.entrySet().stream()
                        .map(entry -> new Object[] {entry.getValue().toString(), entry.getKey()})
                        .toList());
    }

    /** Keeps how far these rows are, with tags and checksums of their copies. */
    public void copied(List<PlannedCopy> rows) {
        transactions.update(
                "update copy_plan set state = ?, target_etag = ?, checksum = ? where seq = ?",
                rows.stream()
                        .map(row ->
                                new Object[] {row.state().name(), row.targetEtag(), text(row.checksum()), row.sequence()
                                })
                        .toList());
    }

    /** Makes rows as if they had never been copied. */
    public void reopen(List<Long> sequences) {
        transactions.update(
                "update copy_plan set state = 'PLANNED', target_etag = '', checksum = null where seq = ?",
                sequences.stream().map(sequence -> new Object[] {sequence}).toList());
    }

    /** Has what was to lie in one directory copied into another: rows of one segment, as if they had never been copied. */
    public void move(long owner, long segment, String fromDir, String toDir) {
        jdbc.update(
                "update copy_plan set target_key = ? || substring(target_key, ?), state = 'PLANNED', target_etag = '',"
                        + " checksum = null where owner_id = ? and segment_id = ? and left(target_key, ?) = ?",
                toDir,
                fromDir.length() + 1,
                owner,
                segment,
                fromDir.length(),
                fromDir);
    }

    private static @Nullable String text(@Nullable Checksum checksum) {
        return checksum == null ? null : checksum.toString();
    }

    /** Number of rows in any state. */
    public long size() {
        Long count = jdbc.queryForObject("select count(*) from copy_plan", Long.class);
        return count == null ? 0 : count;
    }

    /** Number of rows of each owner that has any. */
    public Map<Long, Long> objectsByOwner() {
        Map<Long, Long> counts = new HashMap<>();
        jdbc.query("select owner_id, count(*) from copy_plan group by owner_id", result -> {
            counts.put(result.getLong(1), result.getLong(2));
        });
        return counts;
    }

    /** How many of these rows each owner has, of those that have any. */
    public Map<Long, Long> objectsByOwner(Collection<Long> sequences) {
        Set<Long> wanted = Set.copyOf(sequences);
        Map<Long, Long> counts = new HashMap<>();
        if (!wanted.isEmpty()) {
            try (Stream<long[]> rows = transactions.stream("select seq, owner_id from copy_plan", FETCH, (row, index) ->
                    new long[] {row.getLong(1), row.getLong(2)})) {
                rows.filter(row -> wanted.contains(row[0])).forEach(row -> counts.merge(row[1], 1L, Long::sum));
            }
        }
        return counts;
    }

    /** Each row still to copy, in order; the caller closes the stream. */
    Stream<PlanCuts.Row> openRows() {
        return transactions.stream(
                "select seq, size from copy_plan where state = 'PLANNED' order by seq",
                FETCH,
                (row, index) -> new PlanCuts.Row(row.getLong(1), 1, row.getLong(2)));
    }

    Transactions transactions() {
        return transactions;
    }

    /** Totals of the rows of an owner that were copied. */
    Totals copied(long owner) {
        return jdbc.query(
                        "select count(*), coalesce(sum(size), 0), coalesce(max(seq), -1) from copy_plan"
                                + " where owner_id = ? and state = 'COPIED'",
                        (result, index) -> new Totals(result.getLong(1), result.getLong(2), result.getLong(3)),
                        owner)
                .get(0);
    }

    /** Totals of the rows in the given state. */
    public Totals totals(PlannedCopy.State state) {
        return jdbc.query(
                        "select count(*), coalesce(sum(size), 0), coalesce(max(seq), -1) from copy_plan where state = ?",
                        (result, index) -> new Totals(result.getLong(1), result.getLong(2), result.getLong(3)),
                        state.name())
                .get(0);
    }

    /**
     * @param bytes sum of the sizes
     * @param lastSequence highest sequence, -1 where there is none
     */
    public record Totals(long objects, long bytes, long lastSequence) {}

    /** The stage that copies what is open. */
    static Stage stage(Totals done, Totals open) {
        return Stage.goingOn("copy", Stage.Unit.OBJECT, done.objects(), open.objects(), done.bytes(), open.bytes());
    }

    /** Collections of which an object vanished. */
    public List<Long> ownersWithVanished() {
        return jdbc.query(
                "select distinct owner_id from copy_plan where state = 'VANISHED'", (result, row) -> result.getLong(1));
    }

    @Override
    public Stream<PlannedCopy> byTargetKey() {
        return streaming("order by target_key");
    }

    @Override
    public Stream<PlannedCopy> byTargetKey(long owner) {
        return streaming("where owner_id = " + owner + " order by target_key");
    }

    /** All rows that were copied, in ascending order of the source key; the caller closes the stream. */
    public Stream<PlannedCopy> copiedBySourceKey() {
        return streaming("where state = 'COPIED' order by source_key");
    }

    private Stream<PlannedCopy> streaming(String rest) {
        return transactions.stream("select " + COLUMNS + " from copy_plan " + rest, FETCH, CopyPlan::row);
    }

    private static PlannedCopy row(ResultSet result, int index) throws SQLException {
        String checksum = result.getString(10);
        return new PlannedCopy(
                result.getLong(1),
                result.getLong(2),
                result.getLong(3),
                new StoredObject(result.getString(4), result.getLong(5), result.getString(6)),
                result.getString(7),
                PlannedCopy.State.valueOf(result.getString(8)),
                result.getString(9),
                checksum == null ? null : Checksum.parse(checksum).orElseThrow());
    }
}
