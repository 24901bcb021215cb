@NullMarked
package io.migrator.format;

import org.jspecify.annotations.NullMarked;
