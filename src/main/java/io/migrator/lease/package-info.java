/**
 * The right to write a backup's directory, held by one run of all machines and renewed in the vault. Uses {@code
 * store} and {@code format}; knows no Milvus and no Spring.
 */
@NullMarked
package io.migrator.lease;

import org.jspecify.annotations.NullMarked;
