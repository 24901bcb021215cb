@NullMarked
package io.migrator.store;

import org.jspecify.annotations.NullMarked;
