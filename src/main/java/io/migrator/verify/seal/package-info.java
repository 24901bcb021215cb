/** Whether a backup's describing files are what was sealed, and with whose key. */
@NullMarked
package io.migrator.verify.seal;

import org.jspecify.annotations.NullMarked;
