/** Looks at a whole setup and tells what would keep a job from working. */
@NullMarked
package io.migrator.check;

import org.jspecify.annotations.NullMarked;
