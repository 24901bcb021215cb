/** Asks services for short-lived credentials. */
@NullMarked
package io.migrator.store.token;

import org.jspecify.annotations.NullMarked;
