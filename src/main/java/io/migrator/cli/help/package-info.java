/** What is made of the commands for readers and shells: help and completion. */
@NullMarked
package io.migrator.cli.help;

import org.jspecify.annotations.NullMarked;
