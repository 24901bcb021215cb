@NullMarked
package io.migrator.restore;

import org.jspecify.annotations.NullMarked;
