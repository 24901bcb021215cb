/**
 * Databases, collections, indexes, users and roles in the target's Milvus: made, adopted or emptied, as {@code create}
 * says. Touches no bucket, and drops nothing that {@code restore.state} does not know to be this work's, unless told
 * to.
 */
@NullMarked
package io.migrator.restore.collections;

import org.jspecify.annotations.NullMarked;
