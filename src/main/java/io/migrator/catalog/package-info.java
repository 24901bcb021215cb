@NullMarked
package io.migrator.catalog;

import org.jspecify.annotations.NullMarked;
