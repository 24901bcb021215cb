package io.migrator.export;

import io.migrator.format.own.RunRecord;
import io.migrator.report.RunReport;
import java.util.List;

/** Says which collections a copy was to have and has not, because its backup has them not. */
final class Lacking {
    private Lacking() {}

    static void tell(RunReport report, List<RunRecord.Missing> missing) {
        if (!missing.isEmpty()) {
            report.fact(
                    RunReport.LACKING,
                    missing.stream()
                            .map(one -> one.database() + "." + one.name())
                            .toList());
        }
    }
}
