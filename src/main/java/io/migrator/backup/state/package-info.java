/**
 * What reruns read: facts, collections, segments and cuts, in the job database, and the options of the run. Asks no
 * server.
 */
@NullMarked
package io.migrator.backup.state;

import org.jspecify.annotations.NullMarked;
