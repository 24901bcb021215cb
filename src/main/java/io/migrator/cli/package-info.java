/** The command line: words to a command, help, output as text or JSON, exit codes. Starts no Spring for what runs no job. */
@NullMarked
package io.migrator.cli;

import org.jspecify.annotations.NullMarked;
