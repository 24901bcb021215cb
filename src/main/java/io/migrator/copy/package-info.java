/**
 * The frozen plan of copies and the partitioned step that works it off: backups copy with it, restores stage with it.
 * Knows objects and their owners, by number; no Milvus, and no backup.
 */
@NullMarked
package io.migrator.copy;

import org.jspecify.annotations.NullMarked;
