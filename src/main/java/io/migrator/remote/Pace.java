package io.migrator.remote;

import java.time.Duration;

/**
 * How long a run that waits for its workers waits for what.
 *
 * @param turn between two looks
 * @param lonely how long nothing may be at work before a line says so
 * @param silenceOfTheStopped a worker that says nothing for so long loses its partition where all are told to stop: what it has
 *     not recorded is not waited for
 */
record Pace(Duration turn, Duration lonely, Duration silenceOfTheStopped) {
    static final Pace USUAL = new Pace(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(5));
}
