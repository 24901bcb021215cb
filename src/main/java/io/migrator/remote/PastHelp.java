package io.migrator.remote;

import io.migrator.batch.EarlierHelp;
import io.migrator.batch.StopSignal;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Workers of a run that had the work before this one: they go on for a while where it died. */
public final class PastHelp implements EarlierHelp {
    /** After the last word of a run: until its workers begin no more copies, those in flight have ended, and as much again. */
    private static final Duration OVER = Offers.HEARD.multipliedBy(2);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final JdbcTemplate jdbc;
    private final String shared;
    private final String schema;
    private final long epoch;
    private final StopSignal stop;

    /**
     * @param database sessions of the work's schema
     * @param shared name of the schema that all work shares
     * @param epoch this run's
     */
    public PastHelp(DataSource database, String shared, String schema, long epoch, StopSignal stop) {
        this.jdbc = new JdbcTemplate(database);
        this.shared = shared;
        this.schema = schema;
        this.epoch = epoch;
        this.stop = stop;
    }

    @Override
    public void awaitEnd() {
        if (!exists(shared + ".offer")) {
            return;
        }
        try {
            for (Optional<Duration> age = age(); age.isPresent() && age.get().compareTo(OVER) < 0; age = age()) {
                if (stop.awaitRequest(LOOK)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            stop.request();
            return;
        }
        jdbc.update("delete from %s.offer where schema_name = ? and epoch <> ?".formatted(shared), schema, epoch);
    }

    /** Of the last word of another run that had the work. */
    private Optional<Duration> age() {
        return jdbc
                .queryForList(
                        ("select extract(epoch from clock_timestamp() - beat)::double precision from %s.offer"
                                        + " where schema_name = ? and epoch <> ?")
                                .formatted(shared),
                        Double.class,
                        schema,
                        epoch)
                .stream()
                .map(seconds -> Duration.ofMillis((long) (seconds * 1000)))
                .findFirst();
    }

    @Override
    public boolean was() {
        return exists("partition_report");
    }

    private boolean exists(String table) {
        return Boolean.TRUE.equals(jdbc.queryForObject("select to_regclass(?) is not null", Boolean.class, table));
    }
}
