package io.migrator.verify;

import io.migrator.batch.PlanCuts;
import io.migrator.batch.Transactions;
import io.migrator.catalog.Finding;
import io.migrator.failure.Counted;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.report.Stage;
import io.migrator.verify.log.LogFile;
import io.migrator.verify.log.PlannedReading;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The frozen plan of a deep proof, a row for the insert logs and one for the delta logs of each segment, and what was
 * found so far. A row that is DONE is not read again.
 */
final class VerifyTables {
    private static final String COLUMNS =
            "seq, collection_id, partition_id, segment_id, deltas, storage_version," + " row_count, latest, files";
    private static final int FETCH = 1000;
    private static final int LONGEST_KEY = 1024;
    private static final int LONGEST_DETAIL = 4096;
    /** Beyond what the database numbers by itself. */
    private static final long READ = 1L << 60;
    /** A row of the plan has fewer logs. */
    private static final long MOST_OF_ONE = 1L << 20;

    private final JdbcTemplate jdbc;
    private final Transactions transactions;

    VerifyTables(Transactions transactions) {
        this.jdbc = transactions.jdbc();
        this.transactions = transactions;
    }

    /** Who found something: what the metas and the listing gave is found anew by each run. */
    enum Phase {
        LISTED,
        READ
    }

    void clear() {
        transactions.run(() -> {
            jdbc.update("delete from verify_reading");
            jdbc.update("delete from verify_finding");
        });
    }

    void add(List<PlannedReading> readings) {
        transactions.update(
                "insert into verify_reading (" + COLUMNS + ", objects, bytes, state)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'PLANNED')",
                readings.stream()
                        .map(reading -> new Object[] {
                            reading.sequence(),
                            reading.collection(),
                            reading.partition(),
                            reading.segment(),
                            reading.deltas(),
                            reading.storageVersion(),
                            reading.rows(),
                            reading.latest(),
                            reading.files().stream().map(LogFile::line).collect(Collectors.joining("\n")),
                            reading.files().size(),
                            reading.bytes()
                        })
                        .toList());
    }

    /** For rows that are added to those that are there. */
    long nextSequence() {
        Long next = jdbc.queryForObject("select coalesce(max(seq) + 1, 0) from verify_reading", Long.class);
        return next == null ? 0 : next;
    }

    /** Rows still to read with a sequence in (after, until], in order. */
    List<PlannedReading> next(long after, long until, int limit) {
        return jdbc.query(
                "select " + COLUMNS
                        + " from verify_reading where state = 'PLANNED' and seq > ? and seq <= ? order by seq limit ?",
                VerifyTables::reading,
                after,
                until,
                limit);
    }

    /** So many rows still to read, at most: the last ones, which are read last. */
    List<PlannedReading> last(int most) {
        return jdbc.query(
                "select " + COLUMNS + " from verify_reading where state = 'PLANNED' order by seq desc limit ?",
                VerifyTables::reading,
                most);
    }

    private static PlannedReading reading(ResultSet row, int index) throws SQLException {
        return new PlannedReading(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getBoolean(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getString(9).lines().map(LogFile::parse).toList());
    }

    /** Each row still to read, in order; the caller closes the stream. */
    Stream<PlanCuts.Row> openRows() {
        return transactions.stream(
                "select seq, objects, bytes from verify_reading where state = 'PLANNED' order by seq",
                FETCH,
                (row, index) -> new PlanCuts.Row(row.getLong(1), row.getLong(2), row.getLong(3)));
    }

    /** Takes down in one commit what was read, and what was found in it. */
    void done(List<ReadingResult> results) {
        transactions.run(() -> {
            results.forEach(this::addRead);
            transactions.update(
                    "update verify_reading set state = 'DONE', recorded = ?, by_tag = ? where seq = ?",
                    results.stream()
                            .map(result -> new Object[] {
                                result.recorded(),
                                result.byTag(),
                                result.reading().sequence()
                            })
                            .toList());
        });
    }

    /** Numbered by the plan, not as they come: several may read, and what they find is told in one order. */
    private void addRead(ReadingResult result) {
        AtomicLong id = new AtomicLong(READ + result.reading().sequence() * MOST_OF_ONE);
        transactions.update(
                "insert into verify_finding (phase, kind, collection_id, object_key, detail, id)"
                        + " overriding system value values (?, ?, ?, ?, ?, ?)",
                result.findings().stream()
                        .map(finding -> Stream.concat(
                                        Stream.of(columns(Phase.READ, finding)), Stream.of(id.getAndIncrement()))
                                .toArray())
                        .toList());
    }

    void add(Phase phase, List<Finding> findings) {
        transactions.update(
                "insert into verify_finding (phase, kind, collection_id, object_key, detail) values (?, ?, ?, ?, ?)",
                findings.stream().map(finding -> columns(phase, finding)).toList());
    }

    private static Object[] columns(Phase phase, Finding finding) {
        return new Object[] {
            phase.name(),
            finding.kind().name(),
            finding.collectionId(),
            cut(finding.key(), LONGEST_KEY),
            cut(finding.detail(), LONGEST_DETAIL)
        };
    }

    /** No text of PostgreSQL holds the character 0, and damaged names may. */
    private static String cut(String text, int most) {
        String whole = text.replace('\0', '\uFFFD');
        return whole.length() <= most ? whole : whole.substring(0, most);
    }

    void forget(Phase phase) {
        jdbc.update("delete from verify_finding where phase = ?", phase.name());
    }

    /** The number of findings by collection, each counted once; 0 stands for what concerns no single one. */
    Map<Long, Long> problemsOf() {
        Map<Long, Long> problems = new HashMap<>();
        jdbc.query(
                "select collection_id, count(*) from (select distinct collection_id, kind, object_key, detail"
                        + " from verify_finding) as found group by collection_id",
                row -> {
                    problems.put(row.getLong(1), row.getLong(2));
                });
        return problems;
    }

    /** What was found, each once: by the listing first, then in the order of the plan. */
    List<Finding> findings(long most) {
        return jdbc.query(
                "select kind, collection_id, object_key, detail, min(id) from verify_finding"
                        + " group by kind, collection_id, object_key, detail order by min(id) limit ?",
                (row, index) -> finding(row),
                most);
    }

    /** Tells every finding, in no order; those found twice are told twice. */
    void each(Consumer<Finding> told) {
        try (Stream<Finding> all = transactions.stream(
                "select kind, collection_id, object_key, detail from verify_finding",
                FETCH,
                (row, index) -> finding(row))) {
            all.forEach(told);
        }
    }

    private static Finding finding(ResultSet row) throws SQLException {
        return new Finding(Finding.Kind.valueOf(row.getString(1)), row.getLong(2), row.getString(3), row.getString(4));
    }

    /** Nothing is to be told of a backup that was not read to its end. */
    void requireAllRead(String backup) {
        long open = totals("PLANNED").objects();
        if (open > 0) {
            throw MigratorException.unable(
                    Failure.UNREACHABLE,
                    "prove",
                    backup,
                    "%s not been read".formatted(Counted.of(open, "object has", "objects have")),
                    "Run the same command again: it reads the rest.");
        }
    }

    /** The stage that reads what is left of the plan. */
    Stage stage(String name) {
        Totals done = totals("DONE");
        Totals open = totals("PLANNED");
        return Stage.goingOn(name, Stage.Unit.OBJECT, done.objects(), open.objects(), done.bytes(), open.bytes());
    }

    /** What of the plan has this state. */
    Totals totals(String state) {
        return jdbc.query(
                        "select count(distinct segment_id), coalesce(sum(objects), 0), coalesce(sum(bytes), 0),"
                                + " coalesce(sum(recorded), 0), coalesce(sum(by_tag), 0) from verify_reading"
                                + " where state = ?",
                        (row, index) -> new Totals(
                                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)),
                        state)
                .get(0);
    }

    /**
     * @param recorded objects whose content gave the checksum that the backup keeps
     * @param byTag objects whose content gave the one that the store has today
     */
    record Totals(long segments, long objects, long bytes, long recorded, long byTag) {
        static final Totals NONE = new Totals(0, 0, 0, 0, 0);
    }
}
