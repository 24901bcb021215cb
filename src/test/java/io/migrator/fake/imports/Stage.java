package io.migrator.fake.imports;

import io.migrator.fake.model.Release;
import io.milvus.grpc.ImportState;
import java.util.List;

/** The states of an import inside the server (milvus-api.md 3.2, 3.5). */
enum Stage {
    PENDING("Pending", ImportState.ImportPending),
    PRE_IMPORTING("Importing", ImportState.ImportStarted),
    IMPORTING("Importing", ImportState.ImportStarted),
    PERSISTED("Importing", ImportState.ImportPersisted),
    SORTING("Importing", ImportState.ImportStarted),
    INDEX_BUILDING("Importing", ImportState.ImportStarted),
    COMPLETED("Completed", ImportState.ImportCompleted),
    FAILED("Failed", ImportState.ImportFailed);

    private static final List<Stage> TASK = List.of(PENDING, IMPORTING, PERSISTED, COMPLETED);
    private static final List<Stage> JOB_2_4 = List.of(PENDING, PRE_IMPORTING, IMPORTING, COMPLETED);
    private static final List<Stage> JOB =
            List.of(PENDING, PRE_IMPORTING, IMPORTING, SORTING, INDEX_BUILDING, COMPLETED);
    private static final int DONE = 100;

    /** What REST calls it: some of them have the name of another. */
    final String restName;

    final ImportState grpcState;

    Stage(String restName, ImportState grpcState) {
        this.restName = restName;
        this.grpcState = grpcState;
    }

    boolean finished() {
        return this == COMPLETED || this == FAILED;
    }

    Stage next(Release release) {
        List<Stage> all = all(release);
        return all.get(all.indexOf(this) + 1);
    }

    /** In percent, at the beginning of the stage. */
    int progress(Release release) {
        boolean short24 = all(release) == JOB_2_4;
        return switch (this) {
            case PENDING, FAILED -> 0;
            case PRE_IMPORTING -> 10;
            case IMPORTING -> short24 ? 50 : all(release) == TASK ? 0 : 40;
            case SORTING -> 70;
            case INDEX_BUILDING -> 80;
            case PERSISTED -> 90;
            case COMPLETED -> DONE;
        };
    }

    private static List<Stage> all(Release release) {
        if (!release.importJobs()) {
            return TASK;
        }
        return release.atLeast(2, 5, 0) ? JOB : JOB_2_4;
    }
}
