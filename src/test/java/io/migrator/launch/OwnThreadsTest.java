package io.migrator.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.migrator.batch.RemoteSteps.Course;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** What a run learns of its own threads. */
class OwnThreadsTest {
    private static final Course WELL = new Course() {
        @Override
        public void require() {}

        @Override
        public void done(long objects, long bytes) {}

        @Override
        public void ended(String transfer, Map<String, Long> refused) {}
    };

    private static Failure ending(Throwable fault) {
        try (OwnThreads own = OwnThreads.begin(stop -> {
            if (fault instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) fault;
        })) {
            return Awaitility.await().until(() -> failure(own.watched(WELL)), seen -> seen != null);
        }
    }

    private static Failure failure(Course course) {
        try {
            course.require();
            return null;
        } catch (MigratorException e) {
            return e.failure();
        }
    }

    @Test
    void endTheRunWhereTheyFail() {
        assertThat(ending(new OutOfMemoryError())).isEqualTo(Failure.OUT_OF_MEMORY);
        assertThat(ending(new DataAccessResourceFailureException("away"))).isEqualTo(Failure.REPOSITORY);
        assertThat(ending(new IllegalStateException("unforeseen"))).isEqualTo(Failure.UNCLASSIFIED);
    }

    @Test
    void leaveARunThatEndsAlone() {
        OwnThreads own = OwnThreads.begin(stop -> Awaitility.await().until(stop::requested));

        own.close();

        assertThatCode(() -> own.watched(WELL).require()).doesNotThrowAnyException();
    }
}
