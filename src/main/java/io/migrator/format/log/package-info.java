/** Binlogs and delta logs: their events, and as much of Parquet as their entries need. */
@NullMarked
package io.migrator.format.log;

import org.jspecify.annotations.NullMarked;
