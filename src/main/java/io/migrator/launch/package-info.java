/**
 * One run of one job: recovery, start or restart, stopping on a signal, how it ended. The only package that starts a
 * job.
 */
@NullMarked
package io.migrator.launch;

import org.jspecify.annotations.NullMarked;
