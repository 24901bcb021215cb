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
 * @param exitCode as the process had it, also where this version knows no such one
 * @param word for it
 * @param name of the backup, also where the run chose it; empty where there is none
 * @param seconds that this process worked
 */
public record RunEnd(
        @Nullable Failure failure,
        int exitCode,
        String word,
        String message,
        String name,
        Instant at,
        double seconds,
        RunFigures figures,
        RunTroubles troubles,
        List<StageSpan> stages,
        boolean alreadyComplete) {
    static final String TYPE = "end";
    private static final String OK = "OK";
    private static final int LONGEST_MESSAGE = 4000;
    private static final int MOST_STAGES = 100;

    public RunEnd(
            @Nullable Failure failure,
            String message,
            String name,
            Instant at,
            double seconds,
            RunFigures figures,
            RunTroubles troubles,
            List<StageSpan> stages,
            boolean alreadyComplete) {
        this(
                failure,
                failure == null ? 0 : failure.exitCode(),
                failure == null ? OK : failure.name(),
                message,
                name,
                at,
                seconds,
                figures,
                troubles,
                stages,
                alreadyComplete);
    }

    public boolean restartable() {
        return failure != null && failure.retryHelps();
    }

    Map<String, Object> line() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put(LineReader.TYPE, TYPE);
        line.put("at", at.toString());
        line.put("exit_code", exitCode());
        line.put("failure", failure == null ? "" : word);
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

    static String cut(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + " ...";
    }

    static @Nullable RunEnd of(Map<String, Object> line) {
        Fields fields = new Fields(line);
        Instant at = fields.time("at");
        if (at == null || !TYPE.equals(line.get(LineReader.TYPE))) {
            return null;
        }
        Failure failure = failure(fields);
        String word = fields.text("failure");
        return new RunEnd(
                failure,
                (int) Math.max(failure == null ? 0 : 1, Math.min(255, fields.number("exit_code"))),
                failure == null ? OK : word.isEmpty() ? failure.name() : word,
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
