/** Limits of requests and bytes a second. Wraps any {@code ObjectStore} and knows no driver. */
@NullMarked
package io.migrator.store.throttle;

import org.jspecify.annotations.NullMarked;
