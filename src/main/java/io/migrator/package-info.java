@NullMarked
package io.migrator;

import org.jspecify.annotations.NullMarked;
