/** The job database and its folder: who may use it, what it holds, and the trust in it. */
@NullMarked
package io.migrator.launch.state;

import org.jspecify.annotations.NullMarked;
