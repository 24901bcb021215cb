@NullMarked
package io.migrator.launch;

import org.jspecify.annotations.NullMarked;
