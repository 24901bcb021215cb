/**
 * What each run leaves behind: a file of JSON lines in the state folder, written as the run goes, and what is read from such
 * files. Touches no server, and nothing that goes wrong here changes how a run ends.
 */
@NullMarked
package io.migrator.record;

import org.jspecify.annotations.NullMarked;
