package io.migrator.launch;

import io.migrator.batch.CopyWorkers;
import io.migrator.batch.RemoteSteps;
import io.migrator.batch.StopSignal;
import io.migrator.config.RepositoryConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.launch.request.JobRequest;
import io.migrator.launch.state.JobStore;
import io.migrator.report.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.repository.JobRepository;

/** Whether other processes are to take part in a run. One without them loads nothing of that. */
record Sharing(JobRequest request) {
    private static final String PARAMETER = "workers";

    private CopyWorkers workers() {
        return CopyWorkers.of(request.withDefaults().getOrDefault(PARAMETER, "1"));
    }

    private boolean asked() {
        return workers().remote();
    }

    /** USAGE where others are to take part and could not see what there is to do. */
    void require(String name) {
        if (asked() && !request.config().repository().given()) {
            throw MigratorException.unable(
                    Failure.USAGE,
                    "share the work of",
                    name.isEmpty() ? request.job().jobName() : name,
                    "workers=%s needs a PostgreSQL that all workers reach, and the state of this run is a file"
                            .formatted(request.parameters().get(PARAMETER)),
                    "Set %s, or do without workers=remote.".formatted(RepositoryConfig.URL));
        }
    }

    /** How they take part; null where none does. */
    @Nullable
    RemoteSteps steps(
            String name,
            String identity,
            JobStore database,
            JobRepository repository,
            StopSignal stop,
            Progress progress) {
        return asked() ? RemoteRun.of(request, workers(), name, identity, database, repository, stop, progress) : null;
    }
}
