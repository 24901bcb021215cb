package io.migrator.lab;

import io.migrator.batch.Transactions;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The tables of the jobs in a database of its own, in memory: for a test of what reads and writes them. */
public final class JobTables {
    private JobTables() {}

    public static Transactions inMemory() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
        new ResourceDatabasePopulator(new ClassPathResource("migrator-schema.sql")).execute(database);
        return new Transactions(new JdbcTemplate(database));
    }
}
