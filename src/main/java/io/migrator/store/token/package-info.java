/** Asks services for short-lived credentials. No answer is quoted in a fault, for it may be a key. */
@NullMarked
package io.migrator.store.token;

import org.jspecify.annotations.NullMarked;
