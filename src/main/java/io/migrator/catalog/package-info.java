/**
 * Lists, reads, checks and deletes the backups of a vault. The one place that says whether a backup is complete. Uses
 * {@code store}, {@code format} and the rights of {@code lease}; knows no Milvus and no Spring.
 */
@NullMarked
package io.migrator.catalog;

import org.jspecify.annotations.NullMarked;
