/**
 * The words about the configuration itself: {@code config show} and {@code config migrate}. They read and write files of
 * this machine; no server is asked.
 */
@NullMarked
package io.migrator.cli.command.config;

import org.jspecify.annotations.NullMarked;
