/** Rewrites a configuration of v1 as one of v2. */
@NullMarked
package io.migrator.config.migrate;

import org.jspecify.annotations.NullMarked;
