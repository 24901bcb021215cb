/**
 * Databases, collections, indexes, users and roles in the target's Milvus: made, adopted or emptied, as {@code
 * create} says.
 */
@NullMarked
package io.migrator.restore.collections;

import org.jspecify.annotations.NullMarked;
