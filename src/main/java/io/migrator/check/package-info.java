/**
 * Looks at a whole setup and tells what would keep a job from working. Asks Milvus and both buckets, writes nothing
 * but small objects of its own into the vault, and removes them; {@code backup} asks it where Milvus keeps its files.
 */
@NullMarked
package io.migrator.check;

import org.jspecify.annotations.NullMarked;
