/** Backups of as many objects as there are in large vaults, in a small heap. */
@NullMarked
package io.migrator.million;

import org.jspecify.annotations.NullMarked;
