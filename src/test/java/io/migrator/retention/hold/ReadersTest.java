package io.migrator.retention.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.catalog.Deletion;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.lease.Fence;
import io.migrator.lease.Reading;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Who reads a backup is not robbed of it. */
final class ReadersTest extends ReadersCase {
    @Test
    void whatIsReadIsNotDeletedUntilTheReaderEnds() {
        try (Reading reading = reading()) {
            begin(reading);

            refused(Failure.LOCKED, () -> delete(false), "being read by a restore run");
            refused(Failure.LOCKED, () -> delete(true), "being read by");
            assertThat(vault.catalog().lacking("b")).isEmpty();
        }
        assertThat(vault.keys("b")).noneMatch(key -> key.contains("readers"));
        assertThat(delete(false)).isPositive();
        assertThat(vault.keys("b")).isEmpty();
    }

    /** The same command on two machines has the same identity; the end of one does not uncover the other. */
    @Test
    void twoReadersThatDoTheSameWorkAreBothSeen() {
        try (Reading first = reading()) {
            begin(first);
            try (Reading second = reading()) {
                begin(second);
                assertThat(vault.keys("b"))
                        .filteredOn(key -> key.contains("readers"))
                        .hasSize(2);
            }
            refused(Failure.LOCKED, () -> delete(false), "being read by a restore run");
        }
        assertThat(delete(false)).isPositive();
    }

    /** Between the deleter's first look and its marker: it looks again, and the backup stays as it was. */
    @Test
    void aReaderThatBeginsAtTheLastMomentIsMet() {
        AtomicReference<Reading> reading = new AtomicReference<>();
        new BackupHolds(vault.store(), line -> {}).hold("b", null, "audit");

        refused(
                Failure.LOCKED,
                () -> vault.catalog().delete("b", Fence.NONE, marked(() -> {
                    Reading late = reading();
                    reading.set(late);
                    assertThatThrownBy(() -> begin(late)).hasMessageContaining("not complete any more");
                    throw MigratorException.unable(Failure.LOCKED, "delete", "b", "it is read", "Wait.");
                })),
                "it is read");

        reading.get().close();
        assertThat(vault.catalog().lacking("b")).isEmpty();
        assertThat(vault.catalog().hold("b")).isPresent();
        begin(reading.get());
        reading.get().close();
    }

    /** S3 gives up each request of a thread that was interrupted. */
    @Test
    void aDeletionThatIsStoppedTakesItsMarkerBack() {
        Fence fence = new Fence() {
            @Override
            public void requireHeld() {
                if (Thread.currentThread().isInterrupted()) {
                    throw new MigratorException(Failure.STOPPED, "interrupted");
                }
            }

            @Override
            public void confirm() {
                requireHeld();
            }
        };
        try {
            refused(
                    Failure.STOPPED,
                    () -> vault.catalog().delete("b", fence, marked(() -> {
                        Thread.currentThread().interrupt();
                        throw new MigratorException(Failure.STOPPED, "stopped while waiting");
                    })),
                    "stopped while waiting");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(vault.catalog().lacking("b")).isEmpty();
    }

    @Test
    void whoeverBeginsToReadWhatIsBeingDeletedIsToldAndLeavesNothing() {
        vault.incomplete("b", NOW, true);

        try (Reading reading = reading()) {
            refused(Failure.NOT_FOUND, () -> begin(reading), "not complete any more");
        }
        delete(false);
        assertThat(vault.keys("b")).isEmpty();
    }

    private static Deletion marked(Runnable look) {
        return new Deletion() {
            @Override
            public void marked() {
                look.run();
            }
        };
    }
}
