/**
 * Binlogs and delta logs: their events, and as much of Parquet as their entries need. Takes bytes and gives numbers; a
 * damaged file is an exception of its own, never a bug or a full heap.
 */
@NullMarked
package io.migrator.format.log;

import org.jspecify.annotations.NullMarked;
