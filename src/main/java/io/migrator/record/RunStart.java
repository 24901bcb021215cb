package io.migrator.record;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a record: which run it is of, and who runs it.
 *
 * @param task what {@code --job=} or the word named
 * @param kind the job behind it, such as {@code backup}
 * @param work digest of what is worked on, equal for the same command again; empty where it is not known
 * @param attempt 1 for the first run of this work since it was last done
 * @param vault digest of the place that is worked on; empty in records of versions that did not say it
 * @param name of the backup; empty where the run chooses it
 * @param parameters as given, secrets masked
 * @param config digest of the configuration
 * @param label given from outside; empty for none
 * @param everySeconds how often the preset says that it runs; 0 where it does not
 * @param writer who wrote it
 */
public record RunStart(
        String runId,
        String task,
        String kind,
        String work,
        int attempt,
        String vault,
        String name,
        Map<String, String> parameters,
        String config,
        String label,
        long everySeconds,
        Instant startedAt,
        RunWriter writer) {
    static final String TYPE = "start";

    Map<String, Object> line() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put(LineReader.TYPE, TYPE);
        line.put("record", 1);
        line.put("run_id", runId);
        line.put("task", task);
        line.put("kind", kind);
        line.put("work", work);
        line.put("attempt", attempt);
        line.put("vault", vault);
        line.put("name", name);
        line.put("parameters", parameters);
        line.put("config", config);
        line.put("label", label);
        line.put("every_seconds", everySeconds);
        line.put("started_at", startedAt.toString());
        line.putAll(writer.line());
        return line;
    }

    /** Null where the line is none, or says not enough. */
    static @Nullable RunStart of(Map<String, Object> line) {
        Fields fields = new Fields(line);
        Instant startedAt = fields.time("started_at");
        if (!TYPE.equals(line.get(LineReader.TYPE)) || startedAt == null) {
            return null;
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        new Fields(fields.map("parameters"))
                .map()
                .forEach((name, value) -> parameters.put(name, String.valueOf(value)));
        return new RunStart(
                fields.text("run_id"),
                fields.text("task"),
                fields.text("kind"),
                fields.text("work"),
                (int) Math.max(1, fields.number("attempt")),
                fields.text("vault"),
                fields.text("name"),
                parameters,
                fields.text("config"),
                fields.text("label"),
                fields.number("every_seconds"),
                startedAt,
                RunWriter.of(fields));
    }
}
