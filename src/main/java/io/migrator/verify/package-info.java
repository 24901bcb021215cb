@NullMarked
package io.migrator.verify;

import org.jspecify.annotations.NullMarked;
