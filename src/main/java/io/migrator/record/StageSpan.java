package io.migrator.record;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a run at one moment: the line {@code status}, with the fields that {@code --output=json} has and the moment.
 *
 * @param state {@code began}, {@code running}, {@code done}, or {@code broken off} where the run ended in it otherwise than well
 * @param totalObjects 0 where not known
 * @param totalBytes 0 where not known
 */
public record StageSpan(
        String name,
        String state,
        Instant at,
        double seconds,
        long objects,
        long totalObjects,
        long bytes,
        long totalBytes) {
    static final String TYPE = "status";
    public static final String BEGAN = "began";
    public static final String RUNNING = "running";
    public static final String DONE = "done";
    public static final String BROKEN_OFF = "broken off";

    Map<String, Object> line() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put(LineReader.TYPE, TYPE);
        line.putAll(fields());
        return line;
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", at.toString());
        fields.put("stage", name);
        fields.put("state", state);
        fields.put("objects_done", objects);
        fields.put("objects_total", totalObjects);
        fields.put("bytes_done", bytes);
        fields.put("bytes_total", totalBytes);
        fields.put("seconds_elapsed", seconds);
        return fields;
    }

    static @Nullable StageSpan of(Map<String, Object> line) {
        Fields fields = new Fields(line);
        Instant at = fields.time("at");
        return at == null || !TYPE.equals(line.get(LineReader.TYPE)) ? null : of(fields, at);
    }

    static StageSpan of(Fields fields, Instant at) {
        return new StageSpan(
                fields.text("stage"),
                fields.text("state"),
                at,
                fields.decimal("seconds_elapsed"),
                fields.number("objects_done"),
                fields.number("objects_total"),
                fields.number("bytes_done"),
                fields.number("bytes_total"));
    }

    /** From 0 to 1; by bytes where these are known. */
    public double share() {
        if (totalBytes > 0) {
            return Math.min(1, (double) bytes / totalBytes);
        }
        return totalObjects > 0 ? Math.min(1, (double) objects / totalObjects) : 0;
    }
}
