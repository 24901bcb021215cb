/**
 * The files of the pool that incremental backups share: names of units and the list of units that a backup names. Only
 * their texts: keys are built by {@code format.layout}, and who may write or delete what is said in docs/design.md.
 */
@NullMarked
package io.migrator.format.pool;

import org.jspecify.annotations.NullMarked;
