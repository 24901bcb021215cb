package io.migrator.launch;

import io.migrator.failure.Failure;
import io.migrator.report.RunReport;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param failure null where all went well
 * @param message one line: what was done, or the error
 */
public record RunOutcome(@Nullable Failure failure, String message, RunReport report, @Nullable Throwable cause) {
    public int exitCode() {
        return failure == null ? 0 : failure.exitCode();
    }
}
