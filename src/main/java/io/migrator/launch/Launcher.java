package io.migrator.launch;

import io.migrator.failure.Failure;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;

/** Starts, restarts or recovers a job: the only place that launches. */
public final class Launcher {
    private final JobRequest request;
    private final Progress progress;

    public Launcher(JobRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /** Runs the job to its end, or to a stop asked for by SIGTERM. Never throws for what a user can be told. */
    public RunOutcome run() {
        progress.note(request.job().purpose());
        return new RunOutcome(Failure.UNSUPPORTED, "not built yet", new RunReport(), null);
    }
}
