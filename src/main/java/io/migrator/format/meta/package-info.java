/** milvus-backup's manifests as records, and as JSON as Go writes it. */
@NullMarked
package io.migrator.format.meta;

import org.jspecify.annotations.NullMarked;
