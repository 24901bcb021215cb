package io.migrator.lab;

import io.migrator.batch.Transactions;
import io.migrator.launch.postgres.PostgresStores;
import io.migrator.launch.state.JobStores;
import io.migrator.launch.state.StateFile;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The tables of the jobs in a database of its own, in memory or where {@link JobState} says: for a test of what uses them. */
public final class JobTables {
    private JobTables() {}

    public static Transactions inMemory() {
        if (JobState.inPostgres()) {
            StateFile state = new StateFile("backup-tables-0123456789ab", "0123456789ab");
            JobStores stores = new PostgresStores(JobState.anywhere(), UnaryOperator.identity(), () -> {});
            stores.prepare();
            // Its sessions end with this JVM.
            return stores.open(state).transactions();
        }
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
        new ResourceDatabasePopulator(new ClassPathResource("migrator-schema.sql")).execute(database);
        return new Transactions(new JdbcTemplate(database));
    }
}
