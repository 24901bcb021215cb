package io.migrator.copy;

import io.migrator.failure.MigratorException;

/** Decides what a fault of copying means for the other owners of the plan. Asked from many threads. */
public interface CopyFaults {
    /** Every fault ends the step. */
    CopyFaults END_THE_STEP = new CopyFaults() {
        @Override
        public boolean canSpare(MigratorException fault) {
            return false;
        }

        @Override
        public void spare(long owner, MigratorException fault) {
            throw fault;
        }
    };

    /** Whether a fault of this kind may concern one owner only, so that the step goes on with the others. */
    boolean canSpare(MigratorException fault);

    /** Goes on without this owner, whose rows are taken from the plan. */
    void spare(long owner, MigratorException fault);
}
