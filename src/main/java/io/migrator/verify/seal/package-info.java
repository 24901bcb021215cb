/**
 * Whether a backup's describing files are what was sealed, and with whose key. Reads the vault only; {@code restore}
 * asks it, too, before it believes a file.
 */
@NullMarked
package io.migrator.verify.seal;

import org.jspecify.annotations.NullMarked;
