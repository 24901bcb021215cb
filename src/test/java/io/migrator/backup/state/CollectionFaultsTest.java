package io.migrator.backup.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.batch.FaultScope;
import io.migrator.batch.OnError;
import io.migrator.batch.Transactions;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.report.Progress;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

class CollectionFaultsTest {
    private static final MigratorException THROTTLED = new MigratorException(Failure.THROTTLED, "slow down");
    private static final MigratorException DAMAGED = new MigratorException(Failure.CORRUPT, "damaged");

    private final CollectionFaults goingOn = faults(OnError.CONTINUE);

    private static CollectionFaults faults(OnError onError) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
        new ResourceDatabasePopulator(new ClassPathResource("migrator-schema.sql")).execute(database);
        BackupState state = BackupState.in(new Transactions(new JdbcTemplate(database)));
        return new CollectionFaults(new FaultScope(onError, () -> {}), state, Progress.NONE);
    }

    @Test
    void goesOnWithoutACollectionThatFails() {
        assertThat(goingOn.canSpare(DAMAGED)).isTrue();
        assertThat(faults(OnError.STOP).canSpare(DAMAGED)).isFalse();

        goingOn.spare(7, DAMAGED);

        assertThat(goingOn.hasLeftOut(7)).isTrue();
        assertThat(goingOn.hasLeftOut(8)).isFalse();
    }

    /** Else one collection after the other would be left out, two minutes each. */
    @Test
    void endsTheRunWhereAStoreThrottles() {
        assertThat(goingOn.canSpare(THROTTLED)).isFalse();
        assertThat(goingOn.canSpareReading(THROTTLED)).isFalse();
    }
}
