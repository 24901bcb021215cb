/**
 * The job {@code export}: copies a backup into an ordinary one of another name or in another vault, where milvus-backup
 * finds it, too. Started by {@code launch} alone; asks no Milvus.
 */
@NullMarked
package io.migrator.export;

import org.jspecify.annotations.NullMarked;
