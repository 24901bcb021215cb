/** Azure Blob Storage. */
@NullMarked
package io.migrator.store.azure;

import org.jspecify.annotations.NullMarked;
