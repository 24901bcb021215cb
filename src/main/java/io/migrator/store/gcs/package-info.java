@NullMarked
package io.migrator.store.gcs;

import org.jspecify.annotations.NullMarked;
