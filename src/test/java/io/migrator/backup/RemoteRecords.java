package io.migrator.backup;

import io.migrator.config.RepositoryConfig;
import io.migrator.lab.PostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** What a PostgreSQL knows of backups that workers make, n where none is named, and what is done to it meanwhile. */
public class RemoteRecords {
    /** A busy machine takes a minute to start a process. */
    private static final Duration MOST = Duration.ofMinutes(3);

    private final RepositoryConfig database;
    private final PostgresServer server;

    public RemoteRecords(RepositoryConfig database, PostgresServer server) {
        this.database = database;
        this.server = server;
    }

    public List<Map<String, Object>> query(String sql) {
        return PostgresServer.rows(database, sql);
    }

    void execute(String sql) {
        server.execute(database.url().replaceFirst(".*/", ""), sql);
    }

    String schema() {
        return schema("n");
    }

    String schema(String name) {
        return String.valueOf(
                query("select schema_name from migrator.run where name like 'backup-%s-%%'".formatted(name))
                        .get(0)
                        .get("schema_name"));
    }

    /** Counts from now on how often each copy is recorded. */
    void countRecords() {
        countRecords("n");
    }

    /** The same, and nothing is recorded before two workers have a part, whichever comes first, for a minute at most. */
    void countRecordsOnceTwoWork() {
        countRecords(
                "n",
                " for tries in 1..600 loop exit when (select count(distinct worker) from %1$s.partition_report) > 1;"
                        + " perform pg_sleep(0.1); end loop;");
    }

    private void countRecords(String name) {
        countRecords(name, "");
    }

    /** @param before what is done before a copy is recorded */
    private void countRecords(String name, String before) {
        execute(("set search_path = %s; create table recorded (seq bigint);"
                        + " create function count_copy() returns trigger language plpgsql as $$ begin" + before
                        + " insert into %1$s.recorded values (new.seq); return new; end $$;"
                        + " create trigger count_copy after update on copy_plan for each row"
                        + " when (new.state = 'COPIED') execute function count_copy()")
                .replace("%s", "%1$s")
                .formatted(schema(name)));
    }

    void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(MOST).until(condition);
    }

    /** The run waits for workers. */
    void awaitOffer() {
        Awaitility.await().atMost(MOST).ignoreExceptions().until(() -> !query("select 1 from migrator.offer")
                .isEmpty());
    }

    /** So many objects are recorded; counts from then on how often each is. */
    void awaitRecorded(int objects) {
        Awaitility.await()
                .atMost(MOST)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> recorded() >= objects);
    }

    /** Ends sessions of the work, now a claim and now any, one after the other; gives how many. */
    long breakSessionsUntilRecorded(int objects, Random random) {
        long[] broken = {0};
        Awaitility.await().atMost(MOST).pollInterval(Duration.ofMillis(300)).until(() -> {
            String those = random.nextBoolean()
                    ? "pid in (select claim from %1$s.partition_report where not ended)"
                    : "pid not in (select pid from pg_locks where locktype = 'advisory')";
            broken[0] += query(("select pg_terminate_backend(pid) from pg_stat_activity where application_name = '%1$s'"
                                    + " and " + those + " order by backend_start desc limit 2")
                            .formatted(schema()))
                    .size();
            return recorded() >= objects;
        });
        return broken[0];
    }

    private long recorded() {
        return (Long) query("select count(*) as n from %s.copy_plan where state = 'COPIED'".formatted(schema()))
                .get(0)
                .get("n");
    }

    /** How often each row of the plan was recorded as copied. */
    Map<Long, Long> recordings() {
        return recordings("n");
    }

    public Map<Long, Long> recordings(String name) {
        Map<Long, Long> times = new TreeMap<>();
        query("select seq, count(*) as n from %s.recorded group by seq".formatted(schema(name)))
                .forEach(row -> times.put((Long) row.get("seq"), (Long) row.get("n")));
        return times;
    }

    List<Map<String, Object>> workersSeen() {
        return query("select distinct worker from %s.partition_report".formatted(schema()));
    }

    long openSteps() {
        return openSteps("n");
    }

    private long openSteps(String name) {
        return query(("select 1 from %s.batch_step_execution where status in ('STARTING', 'STARTED', 'STOPPING',"
                                + " 'UNKNOWN')")
                        .formatted(schema(name)))
                .size();
    }

    /** Ends the sessions that hold requests; gives how many. */
    long cutClaims() {
        return cutClaims("n");
    }

    public long cutClaims(String name) {
        return query("select pg_terminate_backend(claim) from %s.partition_report where not ended"
                        .formatted(schema(name)))
                .size();
    }

    /** Ends all sessions of workers and of their coordinator, but that of its lock. */
    public void cutSessions(String name) {
        query(("select pg_terminate_backend(pid) from pg_stat_activity where application_name = '%s'"
                        + " and pid not in (select pid from pg_locks where locktype = 'advisory')")
                .formatted(schema(name)));
    }

    /** Ends the session of the lock of each run. */
    public void cutLocks() {
        query("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'"
                + " and database = (select oid from pg_database where datname = current_database())");
    }

    /** How many requests, offers and steps there are of it that nobody has ended. */
    public long leftOpen(String name) {
        return openSteps(name)
                + query("select 1 from %s.int_channel_message".formatted(schema(name)))
                        .size()
                + query("select 1 from migrator.offer where name = '%s'".formatted(name))
                        .size();
    }

    /** Whether it asks for help now; its records are counted from then on. */
    public boolean isAtWork(String name) {
        boolean offered = query("select to_regclass('migrator.offer') is not null as there")
                        .get(0)
                        .get("there")
                        .equals(true)
                && !query("select 1 from migrator.offer where name = '%s' and beat > now() - interval '2 seconds'"
                                .formatted(name))
                        .isEmpty();
        if (offered
                && query("select 1 from pg_tables where tablename = 'recorded' and schemaname = '%s'"
                                .formatted(schema(name)))
                        .isEmpty()) {
            countRecords(name);
        }
        return offered;
    }
}
