package io.migrator.batch;

import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** What databases do differently of that which jobs ask of theirs; {@link #H2} is the one of a file. */
public interface Engine {
    Engine H2 = new Engine() {
        @Override
        public void force(JdbcTemplate jdbc) {
            jdbc.execute("checkpoint sync");
        }

        @Override
        public void run(DataSource database, String script) {
            new ResourceDatabasePopulator(new ClassPathResource(script)).execute(database);
        }

        @Override
        public <T> Stream<T> stream(JdbcTemplate jdbc, String sql, int fetch, RowMapper<T> mapper) {
            JdbcTemplate streaming = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
            streaming.setFetchSize(fetch);
            return streaming.queryForStream(sql, mapper);
        }
    };

    /** Has all that was committed before on the disk when it returns, and proves that it is still this run's to say. */
    void force(JdbcTemplate jdbc);

    /** Runs a script of this program that makes tables. */
    void run(DataSource database, String script);

    /** Rows that come some at a time, so that all of them need no memory; the caller closes the stream. */
    <T> Stream<T> stream(JdbcTemplate jdbc, String sql, int fetch, RowMapper<T> mapper);
}
