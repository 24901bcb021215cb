/**
 * What makes a backup incremental: which earlier backups it may share with, what of a segment is there already, and the
 * list of units that holds it. Reads other backups, writes the pool's note and this backup's list; docs/design.md, "The
 * pool", has the rules.
 */
@NullMarked
package io.migrator.backup.pool;

import org.jspecify.annotations.NullMarked;
