@NullMarked
package io.migrator.backup;

import org.jspecify.annotations.NullMarked;
