/**
 * Reads the configuration of milvus-backup, v1 and v2, strictly: files, environment and {@code --set}, by rules of
 * who may be believed.
 */
@NullMarked
package io.migrator.config.read;

import org.jspecify.annotations.NullMarked;
