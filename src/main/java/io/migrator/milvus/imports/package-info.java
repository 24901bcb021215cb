/**
 * Import jobs over gRPC (2.2, 2.3) and REST (2.4 and later), and what fits into one. Keeps nothing: which jobs were
 * sent is in {@code restore.imports}.
 */
@NullMarked
package io.migrator.milvus.imports;

import org.jspecify.annotations.NullMarked;
