/** The backup's place in the vault: claimed under the lease, written sealed, strangers deleted under a fence. */
@NullMarked
package io.migrator.backup.vault;

import org.jspecify.annotations.NullMarked;
