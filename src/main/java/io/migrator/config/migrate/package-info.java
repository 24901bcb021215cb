/** Rewrites a configuration of v1 as one of v2. Knows keys and their text only, and no server. */
@NullMarked
package io.migrator.config.migrate;

import org.jspecify.annotations.NullMarked;
