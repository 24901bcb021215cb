/**
 * What a configuration says of who is told of runs: records, metrics, notifications, hooks and reports, as records. Reads
 * nothing and opens nothing.
 */
@NullMarked
package io.migrator.config.outside;

import org.jspecify.annotations.NullMarked;
