@NullMarked
package io.migrator.batch;

import org.jspecify.annotations.NullMarked;
