@NullMarked
package io.migrator.copy;

import org.jspecify.annotations.NullMarked;
