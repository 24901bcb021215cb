/**
 * Partitions of one run's step worked off by the processes of several hosts: requests as rows of the PostgreSQL that holds the
 * state, and what is known of those who took them. The only place that knows Spring Integration; it knows Batch's parts, and no
 * job, no store and no way to open a session.
 */
@NullMarked
package io.migrator.remote;

import org.jspecify.annotations.NullMarked;
