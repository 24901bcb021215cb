/**
 * Reads the configuration of milvus-backup, v1 and v2, strictly: files, environment and {@code --set} become records. Touches no
 * server and no Spring.
 */
@NullMarked
package io.migrator.config;

import org.jspecify.annotations.NullMarked;
