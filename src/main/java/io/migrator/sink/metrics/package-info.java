/**
 * Metrics of runs and of the vault in Prometheus' text format: into a file for node_exporter, or to a Pushgateway. Knows runs by their
 * records alone.
 */
@NullMarked
package io.migrator.sink.metrics;

import org.jspecify.annotations.NullMarked;
