package io.migrator.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.batch.RunFacts;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.TransactionException;

/** What a worker does with one request, whatever becomes of it. */
class HelpedRunTest {
    private OneRequest ground;

    @BeforeEach
    void start() {
        ground = OneRequest.start();
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    @Test
    void endsTheRequestWithThePartition() {
        assertThat(ground.take(transactions -> new RunFacts(transactions).put("done", "1")))
                .isTrue();

        assertThat(ground.fact("done")).contains("1");
        assertThat(ground.requests()).isZero();
        assertThat(ground.status()).isEqualTo("COMPLETED");
        assertThat(ground.take(transactions -> {
                    throw new AssertionError("nothing is left");
                }))
                .isFalse();
    }

    /** Each would be a commit for every chunk. */
    @Test
    void writesNoContextsOfParts() {
        String contexts = "select STEP_EXECUTION_ID, SHORT_CONTEXT from BATCH_STEP_EXECUTION_CONTEXT order by 1";
        List<?> before = ground.transactions().jdbc().queryForList(contexts);

        assertThat(ground.take(transactions -> {})).isTrue();

        assertThat(ground.transactions().jdbc().queryForList(contexts)).isEqualTo(before);
    }

    /** It lost its claim and does not know: another has begun, and so raised the version of the row. */
    @Test
    void writesNothingOfAPartThatAnotherHasByNow() {
        boolean took = ground.take(transactions -> {
            ground.raiseVersion();
            new RunFacts(transactions).put("done", "by a zombie");
        });

        assertThat(took).isTrue();
        assertThat(ground.fact("done")).isEmpty();
        assertThat(ground.requests()).as("it is the other's").isOne();
        assertThat(ground.status()).isEqualTo("STARTED");
    }

    @Test
    void givesBackWhatTheDatabaseBroke() {
        ground.take(transactions -> {
            throw new DataAccessResourceFailureException("its session broke");
        });

        assertThat(ground.requests()).isOne();
        assertThat(ground.status()).isEqualTo("STARTING");
        assertThat(ground.reports().fault()).isEmpty();
        assertThat(ground.take(transactions -> {})).isTrue();
        assertThat(ground.status()).isEqualTo("COMPLETED");
    }

    @Test
    void doesNotTryForEver() {
        for (int i = 0; i < HelpedRun.MOST_ATTEMPTS; i++) {
            ground.take(transactions -> {
                throw new DataAccessResourceFailureException("no room is left");
            });
        }

        ground.take(transactions -> new RunFacts(transactions).put("done", "too late"));

        assertThat(ground.fact("done")).isEmpty();
        assertThat(ground.requests()).isZero();
        assertThat(ground.status()).isEqualTo("FAILED");
        assertThat(ground.reports().fault()).hasValueSatisfying(fault -> {
            assertThat(fault.failure()).isEqualTo(Failure.REPOSITORY);
            assertThat(fault.getMessage()).contains("no room is left");
        });
    }

    @Test
    void triesAgainWhereSomethingWasRecordedSince() {
        for (int i = 0; i <= HelpedRun.MOST_ATTEMPTS; i++) {
            ground.take(transactions -> {
                throw new DataAccessResourceFailureException("its session broke");
            });
            ground.record();
        }

        assertThat(ground.take(transactions -> {})).isTrue();

        assertThat(ground.status()).isEqualTo("COMPLETED");
    }

    @Test
    void tellsTheFaultThatEndedIt() {
        ground.take(transactions -> {
            throw MigratorException.unable(Failure.DENIED, "write", "vault/a", "no right", "Ask for it.");
        });

        assertThat(ground.requests()).isZero();
        assertThat(ground.status()).isEqualTo("FAILED");
        assertThat(ground.reports().fault()).hasValueSatisfying(fault -> {
            assertThat(fault.failure()).isEqualTo(Failure.DENIED);
            assertThat(fault.getMessage()).contains("vault/a", "told by the worker here");
        });
    }

    /** The run may have told the others to stop by then. */
    @Test
    void keepsAFaultUntilThePartIsCompleteWhereItsRequestCameBack() {
        assertThatThrownBy(() -> ground.take(transactions -> {
                    Awaitility.await().until(() -> ground.reports().cut(Duration.ZERO) == 1);
                    throw MigratorException.unable(Failure.DENIED, "write", "vault/a", "no right", "Ask for it.");
                }))
                .isInstanceOfAny(DataAccessException.class, TransactionException.class);
        assertThat(ground.requests()).isOne();

        ground.take(transactions -> assertThat(ground.reports().fault().map(MigratorException::failure))
                .contains(Failure.DENIED));

        assertThat(ground.status()).isEqualTo("COMPLETED");
        assertThat(ground.reports().fault()).isEmpty();
    }

    /** Whoever did it died after the row was written, and before its request went. */
    @Test
    void doesNotRepeatWhatIsComplete() {
        ground.complete();

        assertThat(ground.take(transactions -> {
                    throw new AssertionError("it is done");
                }))
                .isTrue();
        assertThat(ground.requests()).isZero();
    }

    /** It would be the oldest for ever, and nobody would come to the others. */
    @Test
    void endsTheRunByARequestThatCannotBeRead() {
        ground.garbleRequest();

        assertThat(ground.take(transactions -> {
                    throw new AssertionError("it is none");
                }))
                .isTrue();
        assertThat(ground.requests()).isZero();
        assertThat(ground.reports().fault()).hasValueSatisfying(fault -> {
            assertThat(fault.failure()).isEqualTo(Failure.UNCLASSIFIED);
            assertThat(fault.getMessage()).contains("unable to read", "told by the worker here");
        });
    }

    private static final class Trap implements Serializable {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger MADE = new AtomicInteger();

        private void readObject(ObjectInputStream in) {
            MADE.incrementAndGet();
        }
    }

    @Test
    void makesNoObjectsOfOtherClassesOfARequest() {
        ground.sendInstead(new ArrayList<>(List.of(new Trap())));

        ground.take(transactions -> {});

        assertThat(Trap.MADE).hasValue(0);
        assertThat(ground.requests()).isZero();
        assertThat(ground.reports().fault()).map(Throwable::getMessage).hasValueSatisfying(text -> assertThat(text)
                .contains("SecurityException", "java.util.ArrayList"));
    }

    @Test
    void dropsARequestForAPartThatIsNotThere() {
        ground.removeStep();

        assertThat(ground.take(transactions -> {
                    throw new AssertionError("there is nothing to do");
                }))
                .isTrue();
        assertThat(ground.requests()).isZero();
        assertThat(ground.reports().fault()).isEmpty();
    }

    /** Two that began alike, and are helped by one process at once. */
    @Test
    void tellsPartsOfTwoRunsApartThatHaveTheSameNumbers() {
        try (OneRequest other = OneRequest.start()) {
            AtomicBoolean took = new AtomicBoolean();

            assertThat(ground.take(transactions -> took.set(
                            CompletableFuture.supplyAsync(() -> other.take(also -> new RunFacts(also).put("done", "2")))
                                    .join())))
                    .isTrue();

            assertThat(took).isTrue();
            assertThat(other.fact("done")).contains("2");
            for (OneRequest each : List.of(ground, other)) {
                assertThat(each.status()).isEqualTo("COMPLETED");
                assertThat(each.requests()).isZero();
            }
        }
    }

    /** Its process or its host stands still; the run gives its part to another. */
    @Test
    void losesAPartWhoseClaimTheRunCutsOff() {
        assertThatThrownBy(() -> ground.take(transactions ->
                        Awaitility.await().until(() -> ground.reports().cut(Duration.ZERO) == 1)))
                .isInstanceOfAny(DataAccessException.class, TransactionException.class);

        assertThat(ground.requests()).isOne();
        assertThat(ground.take(transactions -> {})).isTrue();
        assertThat(ground.requests()).isZero();
    }

    /** It stands still between its fence and its commit: its rows are another's soon. A claim lasts as long as its part. */
    @Test
    void holdsRowsForSecondsAndItsRequestForHours() throws SQLException {
        String asked = "select current_setting('idle_in_transaction_session_timeout')";
        ground.take(transactions -> new RunFacts(transactions)
                .put("work", String.valueOf(transactions.jdbc().queryForObject(asked, String.class))));

        assertThat(ground.fact("work")).contains("30s");
        assertThat(new JdbcTemplate(new SingleConnectionDataSource(ground.claim(), true))
                        .queryForObject(asked, String.class))
                .isEqualTo("0");
    }

    @Test
    void takesNothingOfAnotherVersion() {
        assertThat(ground.takeAs("another version", transactions -> {})).isFalse();

        assertThat(ground.requests()).isOne();
    }

    @Test
    void takesNothingOfARunThatIsNotHeardOf() {
        ground.heardBefore(Duration.ofSeconds(9));

        assertThat(ground.take(transactions -> {
                    throw new AssertionError("it may be another's");
                }))
                .isFalse();
        assertThat(ground.requests()).isOne();
    }

    @Test
    void takesNothingOfARunThatStops() {
        ground.stopRun();

        assertThat(ground.eventuallyRefuses()).isTrue();
        assertThat(ground.requests()).isOne();
    }
}
