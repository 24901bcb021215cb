package io.migrator.remote;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What workers tell of their partitions, in the run's own schema: how often one was begun, by whom, how far it is, and the fault
 * that ended it. For many threads.
 */
final class PartitionReports {
    private final JdbcTemplate jdbc;

    PartitionReports(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Of all partitions together. */
    record Done(long objects, long bytes, long begun) {}

    static void prepare(JdbcTemplate jdbc) {
        jdbc.execute(
                "create table if not exists partition_report (step_execution_id bigint primary key, name text not null,"
                        + " attempts int not null, worker text not null, claim int not null, begun timestamptz not null,"
                        + " beat timestamptz not null, ended boolean not null, objects bigint not null, bytes bigint not null,"
                        + " failure text, message text)");
        // Since another version than that which made the table.
        jdbc.execute("alter table partition_report add column if not exists written bigint not null default 0");
        jdbc.execute("create table if not exists worker_report (worker text primary key, transfer text not null,"
                + " refused text not null)");
    }

    /** Forgets what an earlier run was told. */
    void clear() {
        jdbc.update("delete from partition_report");
        jdbc.update("delete from worker_report");
    }

    /**
     * A worker begins with a partition; gives how often that was done since anything of it was recorded.
     *
     * @param claim the server's process of the session that holds the request
     */
    int begin(long step, String name, String worker, int claim) {
        Integer attempts = jdbc.queryForObject(
                "insert into partition_report as r select STEP_EXECUTION_ID, ?, 1, ?, ?, now(), now(), false, 0, 0, null,"
                        + " null, WRITE_COUNT from BATCH_STEP_EXECUTION where STEP_EXECUTION_ID = ?"
                        + " on conflict (step_execution_id) do update set"
                        + " attempts = case when excluded.written > r.written then 1 else r.attempts + 1 end,"
                        + " written = excluded.written,"
                        + " message = case when r.failure is null then null else r.message end,"
                        + " worker = excluded.worker, claim = excluded.claim, begun = now(), beat = now(), ended = false"
                        + " returning attempts",
                Integer.class,
                name,
                worker,
                claim,
                step);
        return attempts == null ? 1 : attempts;
    }

    /**
     * So much was done of it by this worker; false where the session that holds the request is gone, or another began.
     *
     * @param at when the worker lived, by the server's clock; null for when it was heard of last
     */
    boolean beat(long step, int claim, long objects, long bytes, @Nullable OffsetDateTime at) {
        return jdbc.update(
                        "update partition_report set beat = greatest(beat, ?), objects = ?, bytes = ?"
                                + " where step_execution_id = ? and claim = ? and exists (select 1 from pg_stat_activity"
                                + " where pid = ? and application_name = current_setting('application_name'))",
                        at,
                        objects,
                        bytes,
                        step,
                        claim,
                        claim)
                == 1;
    }

    /** How many other workers have a part at work, or had one a moment ago: between two of them one is not gone. */
    int others(String worker) {
        Integer others = jdbc.queryForObject(
                "select count(distinct worker) from partition_report where worker <> ?"
                        + " and beat > now() - case when ended then interval '2 seconds' else interval '15 seconds' end",
                Integer.class,
                worker);
        return others == null ? 0 : others;
    }

    /** What it was done of it before this worker began. */
    Done before(long step) {
        return jdbc.query(
                        "select objects, bytes from partition_report where step_execution_id = ?",
                        (row, index) -> new Done(row.getLong(1), row.getLong(2), 1),
                        step)
                .get(0);
    }

    /** @param onPurpose whether the worker gives it back of its own will, and so does not count */
    void end(long step, int claim, boolean onPurpose) {
        jdbc.update(
                "update partition_report set ended = true, attempts = attempts - ? where step_execution_id = ? and claim = ?",
                onPurpose ? 1 : 0,
                step,
                claim);
    }

    void fail(long step, int claim, Failure failure, String message) {
        jdbc.update(
                "update partition_report set failure = ?, message = ? where step_execution_id = ? and claim = ?",
                failure.name(),
                message.replace('\0', '\uFFFD'),
                step,
                claim);
    }

    /** Of a request of which nobody knows whose it was. */
    void unreadable(String worker, Failure failure, String message) {
        jdbc.update(
                "insert into partition_report values (-1, 'a request that cannot be read', 1, ?, 0, now(), now(), true, 0, 0,"
                        + " ?, ?, 0) on conflict do nothing",
                worker,
                failure.name(),
                message.replace('\0', '\uFFFD'));
    }

    /** The database failed while it was at work. */
    void broken(long step, String message) {
        jdbc.update(
                "update partition_report set message = ? where step_execution_id = ? and failure is null",
                message.replace('\0', '\uFFFD'),
                step);
    }

    /** What the database said where that ended the last that was begun. */
    Optional<String> broken(long step) {
        return jdbc
                .queryForList(
                        "select message from partition_report where step_execution_id = ? and failure is null"
                                + " and message is not null",
                        String.class,
                        step)
                .stream()
                .findFirst();
    }

    /** It is complete, whatever ended it before: only then is nothing owed to a fault. */
    void complete(long step) {
        jdbc.update(
                "update partition_report set ended = true, failure = null, message = null where step_execution_id = ?",
                step);
    }

    /** The gravest fault that ended a partition. */
    Optional<MigratorException> fault() {
        return jdbc
                .query(
                        "select failure, message from partition_report where failure is not null",
                        (row, index) -> new MigratorException(Failure.valueOf(row.getString(1)), row.getString(2)))
                .stream()
                .max(Comparator.comparing(MigratorException::failure, Failure.BY_GRAVITY));
    }

    Done done() {
        return jdbc.query(
                        "select coalesce(sum(objects), 0), coalesce(sum(bytes), 0), count(*) from partition_report",
                        (row, index) -> new Done(row.getLong(1), row.getLong(2), row.getLong(3)))
                .get(0);
    }

    /** Whether the session of a worker holds the request of a partition. */
    boolean atWork() {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select 1 from partition_report r join pg_stat_activity a on a.pid = r.claim where not r.ended"
                        + " and a.application_name = current_setting('application_name') and a.xact_start <= r.begun)",
                Boolean.class));
    }

    /** Ends the sessions that hold requests of workers which have not been heard of for so long; gives how many. */
    int cut(Duration silence) {
        Integer ended = jdbc.queryForObject(
                "select count(pg_terminate_backend(a.pid)) from partition_report r join pg_stat_activity a on a.pid = r.claim"
                        + " where not r.ended and r.beat < now() - make_interval(secs => ?)"
                        + " and a.application_name = current_setting('application_name') and a.xact_start < r.beat",
                Integer.class,
                silence.toSeconds());
        return ended == null ? 0 : ended;
    }

    /** How the bytes of a worker went so far. */
    void worker(String worker, String transfer, Map<String, Long> refused) {
        Map<String, String> counts = new TreeMap<>();
        refused.forEach((reason, count) -> counts.put(reason, String.valueOf(count)));
        jdbc.update(
                "insert into worker_report values (?, ?, ?)"
                        + " on conflict (worker) do update set transfer = excluded.transfer, refused = excluded.refused",
                worker,
                transfer,
                Offer.text(counts));
    }

    /** Of all workers; more than one way is told as each of them. */
    String transfer() {
        return String.join(
                ", ", jdbc.queryForList("select distinct transfer from worker_report order by transfer", String.class));
    }

    /** How many objects were streamed because the server refused to copy them, by its reason. */
    Map<String, Long> refused() {
        Map<String, Long> all = new TreeMap<>();
        jdbc.queryForList("select refused from worker_report", String.class).forEach(text -> Offer.map(text)
                .forEach((reason, count) -> all.merge(reason, Long.parseLong(count), Long::sum)));
        return all;
    }
}
