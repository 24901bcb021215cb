/** The configuration as records, its keys and the kinds of values they take. Touches no server and no Spring. */
@NullMarked
package io.migrator.config;

import org.jspecify.annotations.NullMarked;
