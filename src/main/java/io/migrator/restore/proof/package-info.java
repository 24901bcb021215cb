/**
 * Whether Milvus holds the rows of the backup: counted, and found by key, after the imports. Reads the target and the
 * vault's delta logs, and changes neither.
 */
@NullMarked
package io.migrator.restore.proof;

import org.jspecify.annotations.NullMarked;
