@NullMarked
package io.migrator.failure;

import org.jspecify.annotations.NullMarked;
