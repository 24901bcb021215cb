package io.migrator.verify;

import java.util.List;

/** What the steps of a proof do, of one backup or of all that share units. */
interface ProofSteps {
    boolean deep();

    void preflight();

    void checkMetas();

    void checkListing();

    ReadingBatches batches(int objects);

    void read(List<PlannedReading> batch);

    void conclude();

    void preview();
}
