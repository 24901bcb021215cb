/** What a target is told to make: collections, indexes, aliases, users and roles. */
@NullMarked
package io.migrator.milvus.write;

import org.jspecify.annotations.NullMarked;
