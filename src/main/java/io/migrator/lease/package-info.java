@NullMarked
package io.migrator.lease;

import org.jspecify.annotations.NullMarked;
