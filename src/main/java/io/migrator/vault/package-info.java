/**
 * A backup's place in a vault, for the jobs that make one: claimed under the lease, written sealed, copied and proven from
 * a plan, strangers deleted under a fence. Nothing else of a backup is written or deleted there, but the copies themselves.
 */
@NullMarked
package io.migrator.vault;

import org.jspecify.annotations.NullMarked;
