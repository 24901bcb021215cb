/**
 * milvus-backup's manifests as records, and as JSON as Go writes it. They come and go as bytes that equal
 * milvus-backup's; what Milvus makes of them is {@code milvus.schema}'s.
 */
@NullMarked
package io.migrator.format.meta;

import org.jspecify.annotations.NullMarked;
