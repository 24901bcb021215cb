package io.migrator.launch.state;

import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The tables of a job in memory, gone when closed: what a preview works with, so that it leaves nothing behind. */
public final class PreviewDatabase implements AutoCloseable {
    private final JdbcConnectionPool pool;

    private PreviewDatabase(JdbcConnectionPool pool) {
        this.pool = pool;
    }

    public static PreviewDatabase open() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE");
        source.setUser("migrator");
        JdbcConnectionPool pool = JdbcConnectionPool.create(source);
        new ResourceDatabasePopulator(new ClassPathResource("migrator-schema.sql")).execute(pool);
        return new PreviewDatabase(pool);
    }

    public JdbcTemplate jdbc() {
        return new JdbcTemplate(pool);
    }

    @Override
    public void close() {
        jdbc().execute("shutdown");
        pool.dispose();
    }
}
