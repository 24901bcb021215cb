package io.migrator.store;

/** How copies are to travel. */
public enum Transfer {
    /** By the server where it has both buckets and the target's credentials can read the source, else streamed. */
    AUTO,
    /** By the server, or fail. */
    SERVER,
    /** Through this process. */
    STREAM
}
