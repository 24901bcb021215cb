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
 * @param runId of the run's record, said there too; empty where there is none
 */
public record OutputForm(boolean json, boolean quiet, boolean debug, String label, String runId) {
    public OutputForm(boolean json, boolean quiet, boolean debug) {
        this(json, quiet, debug, "", "");
    }

    public OutputForm labelled(String text) {
        return new OutputForm(json, quiet, debug, text, runId);
    }

    OutputForm of(String id) {
        return new OutputForm(json, quiet, debug, label, id);
    }

    /** The begin of a line of JSON. */
    Map<String, Object> line(String messageType) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("message_type", messageType);
        if (!label.isEmpty()) {
            line.put("run_label", label);
        }
        if (!runId.isEmpty()) {
            line.put("run_id", runId);
        }
        return line;
    }
}
