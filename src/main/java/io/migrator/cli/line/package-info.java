/**
 * The words of the command line: what a command is, what picocli makes of it, and what was said of it. Knows no command
 * by itself, opens nothing and reads no configuration.
 */
@NullMarked
package io.migrator.cli.line;

import org.jspecify.annotations.NullMarked;
