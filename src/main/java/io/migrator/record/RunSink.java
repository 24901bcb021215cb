package io.migrator.record;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Somebody outside who is told of a run. Called by one thread at a time; what it throws is a warning and no more. */
public interface RunSink {
    /** As the warning calls it: the key of the configuration. */
    String key();

    /** The run has begun to work. Not called for one that found another at its work. */
    default void started(RunStart start) throws IOException {}

    /** It goes on. */
    default void running(RunStart start, StageSpan stage, Instant progressAt) throws IOException {}

    /**
     * It ended. Not called for one that found another at its work.
     *
     * @param started whether {@link #started} was called
     * @param record the file; closed, and maybe not whole
     */
    void ended(RunStart start, RunEnd end, Path record, boolean started) throws IOException;
}
