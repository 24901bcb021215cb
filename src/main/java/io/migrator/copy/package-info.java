/** The frozen plan of copies and the partitioned step that works it off: backups copy with it, restores stage with it. */
@NullMarked
package io.migrator.copy;

import org.jspecify.annotations.NullMarked;
