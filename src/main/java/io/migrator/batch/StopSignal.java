package io.migrator.batch;

import org.springframework.batch.core.job.JobInterruptedException;

/** A wish to stop, made by another thread and honoured at the next chunk boundary. It cannot be taken back. */
public final class StopSignal {
    private volatile boolean requested;

    public void request() {
        requested = true;
    }

    public boolean requested() {
        return requested;
    }

    /** Ends the running step as STOPPED where a stop was asked for. */
    public void check() throws JobInterruptedException {
        if (requested) {
            throw new JobInterruptedException("stop requested");
        }
    }
}
