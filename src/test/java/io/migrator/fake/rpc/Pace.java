package io.migrator.fake.rpc;

/**
 * How long work takes, in questions of clients whether it is over.
 *
 * @param flushAsks how often a client is told that a flush is not over yet
 * @param loadAsks how often a client is told that a collection is being loaded
 */
public record Pace(int flushAsks, int loadAsks) {}
