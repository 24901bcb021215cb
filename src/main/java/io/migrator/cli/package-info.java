@NullMarked
package io.migrator.cli;

import org.jspecify.annotations.NullMarked;
