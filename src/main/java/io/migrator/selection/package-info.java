/** Which collections a user means: names, patterns and databases. Pure. */
@NullMarked
package io.migrator.selection;

import org.jspecify.annotations.NullMarked;
