package io.migrator.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.batch.Transactions;
import io.migrator.copy.CopyPlan;
import io.migrator.copy.CopyProof;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** Objects in the vault that no plan has: how they are deleted. */
class StrangersTest {
    private final AtomicLong listed = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();
    private long mostAhead;

    @Test
    void areDeletedOnlyWhileTheBackupIsStillOurs() {
        AtomicInteger asked = new AtomicInteger();
        Runnable fence = () -> {
            if (asked.incrementAndGet() == 2) {
                throw new MigratorException(Failure.LOCKED, "another run took it over");
            }
        };

        assertThatThrownBy(() -> prove(2500, fence)).hasMessage("another run took it over");

        assertThat(deleted).hasValue(1000);
    }

    @Test
    void areNotHeldInMemory() {
        CopyProof.Result result = prove(1_000_000, () -> {});

        assertThat(deleted).hasValue(1_000_000);
        assertThat(mostAhead).isLessThanOrEqualTo(1001);
        assertThat(result.damagedRows()).isEmpty();
    }

    private CopyProof.Result prove(long strangers, Runnable fence) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:");
        try (Connection connection = database.getConnection()) {
            JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            new ResourceDatabasePopulator(new ClassPathResource("migrator-schema.sql")).populate(connection);
            ObjectStore vault = vault(strangers);
            return new CopyProof(new CopyPlan(new Transactions(jdbc)), vault, "a/binlogs/")
                    .verify(new FencedDeletes(vault, fence));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lists so many objects that nobody planned, and counts those that are deleted. */
    private ObjectStore vault(long strangers) {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("list")) {
                        return LongStream.range(0, strangers).mapToObj(number -> {
                            listed.incrementAndGet();
                            return new StoredObject("a/binlogs/insert_log/%07d".formatted(number), 1, "e");
                        });
                    }
                    mostAhead = Math.max(mostAhead, listed.get() - deleted.get());
                    deleted.addAndGet(((Collection<?>) arguments[0]).size());
                    return null;
                });
    }
}
