/**
 * The report of a run, made of its record: one page without a script, and the same as JUnit's XML or Markdown. Asks no clock and no
 * server, so that the same record is the same report.
 */
@NullMarked
package io.migrator.sink.page;

import org.jspecify.annotations.NullMarked;
