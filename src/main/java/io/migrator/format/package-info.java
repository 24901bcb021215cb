/**
 * The vault: its layout, milvus-backup's manifests, our own files, binlogs, selections of collections. Pure: no I/O, no Spring, no
 * client of a server.
 */
@NullMarked
package io.migrator.format;

import org.jspecify.annotations.NullMarked;
