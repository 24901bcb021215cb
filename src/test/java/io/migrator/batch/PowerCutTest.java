package io.migrator.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.lab.VolatileFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is promised is there after the host was lost. */
class PowerCutTest {
    private static final int CUTS = 40;

    private final String file = "volatile:memFS:" + UUID.randomUUID();
    private JdbcConnectionPool pool = open();

    private JdbcConnectionPool open() {
        VolatileFiles.register();
        return JdbcConnectionPool.create(
                "jdbc:h2:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0", "migrator", "");
    }

    private Transactions transactions() {
        return new Transactions(new JdbcTemplate(pool));
    }

    private void cut(@Nullable Random dice) throws IOException {
        VolatileFiles.cut(file + ".mv.db", dice);
        try {
            new JdbcTemplate(pool).execute("shutdown immediately");
        } catch (DataAccessException e) {
            // It cannot be written any more.
        }
        pool.dispose();
        pool = open();
    }

    private RunFacts made() {
        Transactions transactions = transactions();
        transactions.jdbc().execute("create table run_fact (name varchar(64) primary key, fact varchar not null)");
        transactions.force();
        return new RunFacts(transactions);
    }

    @Test
    void losesWhatWasCommittedAlone() throws IOException {
        RunFacts facts = made();
        facts.put("a", "committed");

        cut(null);

        assertThat(new RunFacts(transactions()).find("a")).isEmpty();
    }

    @Test
    void keepsWhatWasPromised() throws IOException {
        RunFacts facts = made();
        facts.put("before", "committed");
        transactions().promise(() -> facts.put("a", "promised"));

        cut(null);

        RunFacts left = new RunFacts(transactions());
        assertThat(left.find("a")).contains("promised");
        assertThat(left.find("before")).contains("committed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void opensAfterAnyCutWithAllThatWasPromised(boolean someReachTheDisk) throws IOException {
        Random dice = new Random(1);
        RunFacts facts = made();
        List<String> promised = new ArrayList<>();
        for (int cut = 0; cut < CUTS; cut++) {
            List<String> committed = new ArrayList<>();
            int steps = 1 + dice.nextInt(12);
            for (int step = 0; step < steps; step++) {
                String name = cut + "-" + step;
                facts.put(name, "x".repeat(dice.nextInt(3000)));
                committed.add(name);
                if (dice.nextInt(4) == 0) {
                    facts.force();
                    promised.addAll(committed);
                    committed.clear();
                }
            }
            cut(someReachTheDisk ? dice : null);
            facts = new RunFacts(transactions());
            for (String name : promised) {
                assertThat(facts.find(name)).as(name).isPresent();
            }
        }
    }

    @Test
    void promisesNothingWithinATransaction() {
        RunFacts facts = made();
        Transactions transactions = transactions();

        assertThatThrownBy(() -> transactions.run(() -> transactions.promise(() -> facts.put("a", "b"))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(facts.find("a")).isEmpty();
    }
}
