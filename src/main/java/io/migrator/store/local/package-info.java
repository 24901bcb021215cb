@NullMarked
package io.migrator.store.local;

import org.jspecify.annotations.NullMarked;
