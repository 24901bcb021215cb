/**
 * What a target is told to make: collections, indexes, aliases, users and roles. The only room with {@code
 * milvus.imports} that changes a target.
 */
@NullMarked
package io.migrator.milvus.write;

import org.jspecify.annotations.NullMarked;
