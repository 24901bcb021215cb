/**
 * The entry point, {@code java -jar migrator.jar}: hands the words of the command line to {@code cli}. What it means
 * is decided there.
 */
@NullMarked
package io.migrator;

import org.jspecify.annotations.NullMarked;
