/**
 * A run as those see it who are told of it: its record, metrics, notifications, hooks. Makes only what the configuration names, and
 * nothing that goes wrong here changes how a run ends.
 */
@NullMarked
package io.migrator.cli.watch;

import org.jspecify.annotations.NullMarked;
