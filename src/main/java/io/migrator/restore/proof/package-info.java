/** Whether Milvus holds the rows of the backup: counted, and found by key, after the imports. */
@NullMarked
package io.migrator.restore.proof;

import org.jspecify.annotations.NullMarked;
