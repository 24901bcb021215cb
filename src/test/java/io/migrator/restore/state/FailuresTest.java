package io.migrator.restore.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.migrator.batch.FaultScope;
import io.migrator.batch.OnError;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.restore.imports.ImportPlannerTest;
import io.migrator.selection.CollectionName;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private static final MigratorException DAMAGED = new MigratorException(Failure.CORRUPT, "damaged");
    private static final MigratorException THROTTLED = new MigratorException(Failure.THROTTLED, "slow down");
    private static final MigratorException WISH = new MigratorException(Failure.USAGE, "no index to load with");

    private final Failures goingOn = new Failures(new FaultScope(OnError.CONTINUE, () -> {}));
    private final Failures stopping = new Failures(new FaultScope(OnError.STOP, () -> {}));

    @Test
    void goesOnWithoutADatabaseThatFails() {
        goingOn.addDatabase("shop", DAMAGED);

        assertThat(goingOn.none()).isFalse();
        assertThatThrownBy(() -> stopping.addDatabase("shop", DAMAGED)).isSameAs(DAMAGED);
    }

    @Test
    void endsTheRunWhereAStoreThrottles() {
        assertThat(goingOn.canSpare(THROTTLED)).isFalse();
        assertThatThrownBy(() -> goingOn.addDatabase("shop", THROTTLED)).isSameAs(THROTTLED);
    }

    /** Such as a collection that has no index to be loaded with: the next may have one. */
    @Test
    void goesOnWithoutACollectionThatCannotHaveWhatIsWished() {
        Restored item = new Restored(
                ImportPlannerTest.collection(List.of(), List.of()), new CollectionName("default", "coll_bak"));

        goingOn.attempt(item, () -> goingOn.addItsOwn(item, WISH));

        assertThat(goingOn.without(List.of(item))).isEmpty();
        assertThatThrownBy(() -> stopping.addItsOwn(item, WISH)).isSameAs(WISH);
    }
}
