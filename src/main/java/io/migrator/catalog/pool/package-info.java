/**
 * What lies in the pool that incremental backups share, and for whom. Reads lists of units and listings only; what a backup
 * is it does not know.
 */
@NullMarked
package io.migrator.catalog.pool;

import org.jspecify.annotations.NullMarked;
