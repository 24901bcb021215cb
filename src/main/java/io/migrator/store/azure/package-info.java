/** Azure Blob Storage. The only user of Azure's client; knows no other driver. */
@NullMarked
package io.migrator.store.azure;

import org.jspecify.annotations.NullMarked;
