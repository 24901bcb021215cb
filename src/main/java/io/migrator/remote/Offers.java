package io.migrator.remote;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The runs that ask for help now, and the workers that there are, in the schema that all work of a repository shares. All times
 * are the server's: no two clocks are compared. A beat has the time that was asked for before it, so that one which hangs in the
 * network tells of then, whenever it comes. For many threads.
 */
public final class Offers {
    /**
     * Who has not heard from a run for so long stops working for it: by then another run may have the lease of the backup. Its
     * holder is sure for 20 s after a renewal, others wait 30.
     */
    static final Duration HEARD = Duration.ofSeconds(10);

    /** A worker that said nothing for so long is none. */
    private static final String ALIVE = "beat > now() - interval '15 seconds'";

    private final JdbcTemplate jdbc;
    private final String shared;

    /** @param shared name of the schema that all work shares */
    public Offers(DataSource database, String shared) {
        this.jdbc = new JdbcTemplate(database);
        this.shared = shared;
    }

    /**
     * How a run that is helped stands.
     *
     * @param asked when that was, by the server's clock
     */
    record Standing(boolean stopping, Duration unheard, OffsetDateTime asked) {}

    /** By the server's clock. */
    OffsetDateTime now() {
        return Objects.requireNonNull(jdbc.queryForObject("select clock_timestamp()", OffsetDateTime.class));
    }

    /** Makes the tables that are missing. */
    public void prepare() {
        // Two that make the same table at the same moment would fail.
        new TransactionTemplate(new JdbcTransactionManager(Objects.requireNonNull(jdbc.getDataSource())))
                .executeWithoutResult(status -> {
                    jdbc.query("select pg_advisory_xact_lock(hashtextextended(?, 0))", row -> {}, shared);
                    jdbc.execute(
                            "create table if not exists %s.offer (schema_name text primary key, epoch bigint not null,"
                                            .formatted(shared)
                                    + " name text not null, identity text not null, version text not null, places text not null,"
                                    + " parameters text not null, given text not null, stopping boolean not null,"
                                    + " begun timestamptz not null, beat timestamptz not null)");
                    addColumn("offer", "job", "text not null default 'backup'");
                    jdbc.execute("create table if not exists %s.worker (id text primary key, version text not null,"
                                    .formatted(shared)
                            + " places text not null, threads int not null, begun timestamptz not null,"
                            + " beat timestamptz not null)");
                });
    }

    /** Since another version than that which made the table, which alone may change it. */
    private void addColumn(String table, String column, String form) {
        Boolean there = jdbc.queryForObject(
                "select exists (select 1 from pg_attribute where attrelid = to_regclass(?) and attname = ?"
                        + " and not attisdropped)",
                Boolean.class,
                shared + "." + table,
                column);
        if (!Boolean.TRUE.equals(there)) {
            jdbc.execute("alter table %s.%s add column %s %s".formatted(shared, table, column, form));
        }
    }

    /** What the sessions of this process are to the server. */
    public String role() {
        return Objects.requireNonNull(jdbc.queryForObject("select current_user", String.class));
    }

    /** It is helped once it has said that it lives. */
    void publish(Offer offer) {
        jdbc.update(
                "insert into %s.offer (schema_name, epoch, job, name, identity, version, places, parameters, given, stopping,"
                                .formatted(shared)
                        + " begun, beat) values (?, ?, ?, ?, ?, ?, ?, ?, ?, false, now(), to_timestamp(0))"
                        + " on conflict (schema_name) do update set epoch = excluded.epoch, job = excluded.job,"
                        + " name = excluded.name, identity = excluded.identity, version = excluded.version, places = excluded.places,"
                        + " parameters = excluded.parameters, given = excluded.given, stopping = false,"
                        + " begun = now(), beat = excluded.beat",
                offer.schema(),
                offer.epoch(),
                offer.job(),
                offer.name(),
                offer.identity(),
                offer.version(),
                offer.places(),
                Offer.text(offer.parameters()),
                String.join(",", offer.given()));
    }

    /** The run lived at that time of the server's clock, and might be helped. */
    void beat(Offer offer, OffsetDateTime at) {
        jdbc.update(
                "update %s.offer set beat = greatest(beat, ?) where schema_name = ? and epoch = ?".formatted(shared),
                at,
                offer.schema(),
                offer.epoch());
    }

    /** Has all end what they do for the run. */
    void stop(Offer offer) {
        jdbc.update(
                "update %s.offer set stopping = true where schema_name = ? and epoch = ?".formatted(shared),
                offer.schema(),
                offer.epoch());
    }

    void withdraw(Offer offer) {
        jdbc.update(
                "delete from %s.offer where schema_name = ? and epoch = ?".formatted(shared),
                offer.schema(),
                offer.epoch());
    }

    /** Empty where that run asks for nothing any more. */
    Optional<Standing> standing(Offer offer) {
        return jdbc
                .query(
                        ("select stopping, extract(epoch from clock_timestamp() - beat) * 1000, clock_timestamp() from %s.offer"
                                        + " where schema_name = ? and epoch = ?")
                                .formatted(shared),
                        (row, index) -> new Standing(
                                row.getBoolean(1),
                                Duration.ofMillis((long) row.getDouble(2)),
                                row.getObject(3, OffsetDateTime.class)),
                        offer.schema(),
                        offer.epoch())
                .stream()
                .findFirst();
    }

    /** Those of living runs. */
    public List<Offer> open() {
        return jdbc.query(
                ("select schema_name, epoch, job, name, identity, version, places, parameters, given from %s.offer"
                                + " where not stopping and beat > now() - interval '%d seconds' order by begun, schema_name")
                        .formatted(shared, HEARD.toSeconds()),
                (row, index) -> new Offer(
                        row.getString(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        Offer.map(row.getString(8)),
                        Set.of(row.getString(9).split(","))));
    }

    /**
     * This worker lives.
     *
     * @param places see {@link Offer}: what it can help with
     */
    public void lives(String id, String version, List<String> places, int threads) {
        jdbc.update(
                "insert into %s.worker values (?, ?, ?, ?, now(), now())".formatted(shared)
                        + " on conflict (id) do update set beat = now()",
                id,
                version,
                String.join("\n", places),
                threads);
    }

    /** This worker ends, and takes those with it that have not been heard of for a day. */
    public void leave(String id) {
        jdbc.update("delete from %s.worker where id = ? or beat < now() - interval '1 day'".formatted(shared), id);
    }

    /** Living workers, as a note of a run that waits has them. */
    List<String> alive(Offer offer) {
        return jdbc.query(
                ("select id, version, ? = any(string_to_array(places, chr(10))) from %s.worker where " + ALIVE
                                + " order by id")
                        .formatted(shared),
                (row, index) -> "%s (version %s%s)"
                        .formatted(row.getString(1), row.getString(2), row.getBoolean(3) ? "" : ", other places"),
                offer.places());
    }
}
