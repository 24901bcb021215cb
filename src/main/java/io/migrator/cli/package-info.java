/** The command line: finds the command, runs it, maps failures to exit codes. Starts no Spring for what runs no job. */
@NullMarked
package io.migrator.cli;

import org.jspecify.annotations.NullMarked;
