/** Opens a Milvus as a source or a target. */
@NullMarked
package io.migrator.milvus.connect;

import org.jspecify.annotations.NullMarked;
