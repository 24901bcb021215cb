package io.migrator.verify;

import io.migrator.verify.log.PlannedReading;
import java.util.List;

/** What the steps of a proof do, of one backup or of all that share units. */
interface ProofSteps {
    boolean deep();

    void preflight();

    void checkMetas();

    void checkListing();

    void read(List<PlannedReading> batch);

    void conclude();

    void preview();
}
