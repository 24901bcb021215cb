/**
 * Opens a Milvus as a source or a target. The only place that knows both and how they are made, so that nobody else
 * has to.
 */
@NullMarked
package io.migrator.milvus.connect;

import org.jspecify.annotations.NullMarked;
