package io.migrator.cli.output;

/**
 * How a user wants to be told.
 *
 * @param json one JSON object a line in place of text
 * @param quiet no progress and no warnings
 * @param debug with the traces of errors
 */
public record OutputForm(boolean json, boolean quiet, boolean debug) {}
