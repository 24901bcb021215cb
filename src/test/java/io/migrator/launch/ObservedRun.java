package io.migrator.launch;

import io.migrator.lab.Statements;
import io.migrator.launch.request.JobRequest;
import io.migrator.report.Progress;
import javax.sql.DataSource;

/** Runs of a job in this process whose job database is watched, and breaks. */
public final class ObservedRun {
    private ObservedRun() {}

    public static RunOutcome run(JobRequest request, Progress progress, Statements statements) {
        return new Launcher(request, progress, new Termination(), statements::of).run();
    }

    /** A run that keeps what it knows in another database than a file of the state folder. */
    public static RunOutcome in(DataSource database, JobRequest request) {
        return new Launcher(request, Progress.NONE, new Termination(), file -> database).run();
    }
}
