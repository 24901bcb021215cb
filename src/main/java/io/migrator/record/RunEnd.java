package io.migrator.record;

import io.migrator.failure.Failure;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last line of a record: how the run ended. It stays small, so that a list of runs reads no more than the ends of files.
 *
 * @param failure null where all went well
 * @param name of the backup, also where the run chose it; empty where there is none
 * @param seconds that this process worked
 */
public record RunEnd(
        @Nullable Failure failure,
        String message,
        String name,
        Instant at,
        double seconds,
        RunFigures figures,
        RunTroubles troubles,
        List<StageSpan> stages,
        boolean alreadyComplete) {
    static final String TYPE = "end";
    private static final int LONGEST_MESSAGE = 4000;
    private static final int MOST_STAGES = 100;

    public int exitCode() {
        return failure == null ? 0 : failure.exitCode();
    }

    /** The word for the exit code. */
    public String word() {
        return failure == null ? "OK" : failure.name();
    }

    public boolean restartable() {
        return failure != null && failure.retryHelps();
    }

    Map<String, Object> line() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put(LineReader.TYPE, TYPE);
        line.put("at", at.toString());
        line.put("exit_code", exitCode());
        line.put("failure", failure == null ? "" : failure.name());
        line.put("message", cut(message));
        line.put("name", name);
        line.put("seconds", seconds);
        line.put("already_complete", alreadyComplete);
        figures.addTo(line);
        troubles.addTo(line);
        line.put(
                "stages",
                stages.stream().limit(MOST_STAGES).map(StageSpan::fields).toList());
        return line;
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + " ...";
    }

    static @Nullable RunEnd of(Map<String, Object> line) {
        Fields fields = new Fields(line);
        Instant at = fields.time("at");
        if (at == null || !TYPE.equals(line.get(LineReader.TYPE))) {
            return null;
        }
        return new RunEnd(
                failure(fields),
                fields.text("message"),
                fields.text("name"),
                at,
                fields.decimal("seconds"),
                RunFigures.of(fields),
                RunTroubles.of(fields),
                fields.parts("stages").stream()
                        .map(stage -> StageSpan.of(stage, Objects.requireNonNullElse(stage.time("at"), at)))
                        .toList(),
                fields.flag("already_complete"));
    }

    /** A word that this version does not know is a fault all the same. */
    private static @Nullable Failure failure(Fields fields) {
        String word = fields.text("failure");
        if (word.isEmpty() && fields.number("exit_code") == 0) {
            return null;
        }
        for (Failure failure : Failure.values()) {
            if (failure.name().equals(word)) {
                return failure;
            }
        }
        return Failure.UNCLASSIFIED;
    }
}
