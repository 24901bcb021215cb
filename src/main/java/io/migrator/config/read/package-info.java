/**
 * Reads the configuration of milvus-backup, v1 and v2, strictly: files, environment and {@code --set}, by rules of who
 * may be believed. Everything wrong is told at once, before any server is asked.
 */
@NullMarked
package io.migrator.config.read;

import org.jspecify.annotations.NullMarked;
