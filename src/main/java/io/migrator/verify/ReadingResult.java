package io.migrator.verify;

import io.migrator.catalog.Finding;
import io.migrator.verify.log.PlannedReading;
import java.util.List;

/**
 * What reading a row of the plan gave.
 *
 * @param recorded objects whose content gave the checksum that the backup keeps
 * @param byTag objects whose content gave the one that the store has today
 */
record ReadingResult(PlannedReading reading, List<Finding> findings, long recorded, long byTag) {
    ReadingResult {
        findings = List.copyOf(findings);
    }
}
