/** What a run is asked for: job, parameters, and the identity that follows from them. */
@NullMarked
package io.migrator.launch.request;

import org.jspecify.annotations.NullMarked;
