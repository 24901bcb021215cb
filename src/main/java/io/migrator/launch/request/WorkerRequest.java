package io.migrator.launch.request;

import io.migrator.config.MigratorConfig;
import java.time.Duration;

/**
 * A worker to run.
 *
 * @param threads partitions at once
 * @param idle ends it after so long without work; zero for never
 */
public record WorkerRequest(MigratorConfig config, int threads, Duration idle) {}
