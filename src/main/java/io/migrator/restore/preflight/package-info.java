/**
 * What is restored and whether it can be: the selection, its new names, the backup's checksums, the target's names and
 * rights. Changes nothing in Milvus.
 */
@NullMarked
package io.migrator.restore.preflight;

import org.jspecify.annotations.NullMarked;
