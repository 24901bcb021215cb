/**
 * Who is told of runs outside of this program: how something is sent there. Each is made only where the configuration names it, and
 * none may change how a run ends.
 */
@NullMarked
package io.migrator.sink;

import org.jspecify.annotations.NullMarked;
