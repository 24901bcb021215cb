/** A folder of this host in place of a bucket. */
@NullMarked
package io.migrator.store.local;

import org.jspecify.annotations.NullMarked;
