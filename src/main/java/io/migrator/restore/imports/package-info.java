/** Import jobs: cut to what Milvus takes, sent once whatever dies in between, watched to their end. Knows no proof. */
@NullMarked
package io.migrator.restore.imports;

import org.jspecify.annotations.NullMarked;
