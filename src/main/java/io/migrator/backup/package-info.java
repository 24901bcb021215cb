/**
 * The job {@code backup}: how its steps are put together, and those that look at the whole of it. Started by {@code
 * launch} alone; reads Milvus' bucket and writes the vault only.
 */
@NullMarked
package io.migrator.backup;

import org.jspecify.annotations.NullMarked;
