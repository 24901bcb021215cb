package io.migrator.cli.output;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a user wants to be told.
 *
 * @param json one JSON object a line in place of text
 * @param quiet no progress and no warnings
 * @param debug with the traces of errors
 * @param label what a scheduler calls the run, said in each line of JSON; empty for none
 */
public record OutputForm(boolean json, boolean quiet, boolean debug, String label) {
    public OutputForm(boolean json, boolean quiet, boolean debug) {
        this(json, quiet, debug, "");
    }

    public OutputForm labelled(String text) {
        return new OutputForm(json, quiet, debug, text);
    }

    /** The begin of a line of JSON. */
    Map<String, Object> line(String messageType) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("message_type", messageType);
        if (!label.isEmpty()) {
            line.put("run_label", label);
        }
        return line;
    }
}
