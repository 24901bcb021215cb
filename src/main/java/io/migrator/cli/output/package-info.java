/** What is told, as text, progress bar or JSON, and log lines; nothing leaves unmasked. Asks no server. */
@NullMarked
package io.migrator.cli.output;

import org.jspecify.annotations.NullMarked;
