/**
 * One class a command, with the options and parameters it takes. Commands that run no job open the vault by
 * themselves, jobs are handed to {@code launch}; what is told goes through {@code cli.output}.
 */
@NullMarked
package io.migrator.cli.command;

import org.jspecify.annotations.NullMarked;
