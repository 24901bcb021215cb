/** Import jobs over gRPC (2.2, 2.3) and REST (2.4 and later), and what fits into one. */
@NullMarked
package io.migrator.milvus.imports;

import org.jspecify.annotations.NullMarked;
