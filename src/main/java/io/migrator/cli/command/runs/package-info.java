/**
 * Words about the runs of this machine: what was run, what became of it, and how it looks from outside. They read records, and
 * one of them the vault; none writes anything but what it was asked for.
 */
@NullMarked
package io.migrator.cli.command.runs;

import org.jspecify.annotations.NullMarked;
