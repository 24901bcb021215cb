/** Opens the driver of a storage type. The only place that knows all drivers. */
@NullMarked
package io.migrator.store.connect;

import org.jspecify.annotations.NullMarked;
