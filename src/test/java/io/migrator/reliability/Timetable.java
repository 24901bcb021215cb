package io.migrator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.process.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the stages of a run took that nobody disturbed.
 *
 * @param millis of the whole process
 */
record Timetable(List<Stage> stages, long millis) {
    private static final ObjectMapper JSON = new ObjectMapper();

    record Stage(String name, long millis) {}

    /** Does the work undisturbed; fails where that does not end well. */
    static Timetable measure(Work work) {
        long began = System.nanoTime();
        Outcome outcome = work.desk().run(work.jsonWords());
        assertThat(outcome).as(work.name()).returns(0, Outcome::exitCode);
        return of(outcome, (System.nanoTime() - began) / 1_000_000);
    }

    private static Timetable of(Outcome outcome, long millis) {
        List<Stage> stages = new ArrayList<>();
        for (String line : outcome.out()) {
            JsonNode message = parse(line);
            if (message.path("state").asText().equals("done")) {
                long took = Math.round(message.path("seconds_elapsed").asDouble() * 1000);
                stages.add(new Stage(message.path("stage").asText(), took));
            }
        }
        return new Timetable(List.copyOf(stages), millis);
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    /** Before the first stage: the JVM, the job database. */
    long beforeFirst() {
        long inside = stages.stream().mapToLong(Stage::millis).sum();
        return Math.max(1, millis - inside);
    }
}
