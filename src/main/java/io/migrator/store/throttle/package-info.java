/** Limits of requests and bytes a second. */
@NullMarked
package io.migrator.store.throttle;

import org.jspecify.annotations.NullMarked;
