/**
 * One run of one job: its identity, its job database and the trust in that, recovery, stopping on a signal. The only package that
 * starts a job.
 */
@NullMarked
package io.migrator.launch;

import org.jspecify.annotations.NullMarked;
