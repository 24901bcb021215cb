/** One class a command, with the options and parameters it takes. */
@NullMarked
package io.migrator.cli.command;

import org.jspecify.annotations.NullMarked;
