/**
 * The backup's place in the vault: claimed under the lease, written sealed, strangers deleted under a fence. The only
 * room of a backup that writes or deletes there, but for the copies themselves.
 */
@NullMarked
package io.migrator.backup.vault;

import org.jspecify.annotations.NullMarked;
