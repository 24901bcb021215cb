/** What reruns read: facts, collections, segments and cuts, in the job database. */
@NullMarked
package io.migrator.backup.state;

import org.jspecify.annotations.NullMarked;
