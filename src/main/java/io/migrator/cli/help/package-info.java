/**
 * What is made of the commands for readers and shells: help and completion. Reads the model of {@code cli.line} and the
 * parameters of {@code launch} alone.
 */
@NullMarked
package io.migrator.cli.help;

import org.jspecify.annotations.NullMarked;
