package io.migrator.launch;

import io.migrator.lab.Statements;
import io.migrator.report.Progress;

/** Runs of a job in this process whose job database is watched, and breaks. */
public final class ObservedRun {
    private ObservedRun() {}

    public static RunOutcome run(JobRequest request, Progress progress, Statements statements) {
        return new Launcher(request, progress, new Termination(), statements::of).run();
    }
}
