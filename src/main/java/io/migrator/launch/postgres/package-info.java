/**
 * The job database on a PostgreSQL that several hosts share: a schema for each piece of work, and the lock of its run. The only
 * place that opens PostgreSQL; no class of it, or of its pool, is loaded by a run that keeps its state in a folder.
 */
@NullMarked
package io.migrator.launch.postgres;

import org.jspecify.annotations.NullMarked;
