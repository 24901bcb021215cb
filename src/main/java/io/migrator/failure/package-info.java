/**
 * Every way in which a run can fail, with its exit code; the filter of secrets and of characters that steer a
 * terminal. Knows no other package.
 */
@NullMarked
package io.migrator.failure;

import org.jspecify.annotations.NullMarked;
