/** Copies into Milvus' own bucket, where Milvus cannot read the vault itself. Imports nothing. */
@NullMarked
package io.migrator.restore.staging;

import org.jspecify.annotations.NullMarked;
