package io.migrator.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Predicate;

/** A part of the proof that leaves a journal, and what is counted of it. */
enum Part {
    KILLS("kills") {
        @Override
        void count(List<JsonNode> lines, ObjectNode counts) {
            for (JsonNode line : lines) {
                if (line.path("hit").asBoolean()) {
                    String where = line.path("boundary").asBoolean() ? "at its boundaries" : "within it";
                    add(counts, "%s | %s | %s".formatted(text(line, "job"), text(line, "step"), where), 1);
                    add(counts, TOTAL, 1);
                    add(counts, "SIG" + text(line, "signal"), 1);
                    add(counts, "on " + text(line, "ground"), 1);
                }
            }
            rounds(lines, counts);
        }
    },
    FAULTS("faults") {
        @Override
        void count(List<JsonNode> lines, ObjectNode counts) {
            for (JsonNode line : lines) {
                line.path("faults").properties().forEach(fault -> {
                    String[] words = fault.getKey().split(" ");
                    add(counts, words[0] + " | " + kind(words), fault.getValue().asInt());
                    add(counts, TOTAL, fault.getValue().asInt());
                });
                for (String job : List.of("backup", "restore")) {
                    if (line.has(job)) {
                        add(
                                counts,
                                "%s ended with %s"
                                        .formatted(job, text(line, job).replace(", ", ", then ")),
                                1);
                    }
                }
            }
            rounds(lines, counts);
        }

        private String kind(String[] words) {
            return String.join(" ", List.of(words).subList(2, words.length));
        }
    },
    SOAK("soak") {
        @Override
        void count(List<JsonNode> lines, ObjectNode counts) {
            for (JsonNode line : lines) {
                if (line.has("operation")) {
                    add(counts, TOTAL, 1);
                    add(counts, "operation | " + text(line, "operation"), 1);
                } else if (line.path("hit").asBoolean()) {
                    add(counts, "kills", 1);
                }
            }
            rounds(lines, counts);
        }
    },
    REPEATS("repeats") {
        @Override
        void count(List<JsonNode> lines, ObjectNode counts) {
            for (JsonNode line : lines) {
                if (line.has("change")) {
                    String into = line.path("create").asBoolean()
                            ? line.path("drop").asBoolean() ? "drop-existing-collection=yes" : "create=yes"
                            : "create=no";
                    add(counts, TOTAL, 1);
                    add(counts, "ended with " + text(line, "exit"), 1);
                    add(counts, "%s | %s".formatted(text(line, "changed"), into), 1);
                }
            }
            rounds(lines, counts);
        }
    },
    CORRUPTION("corruption") {
        @Override
        void count(List<JsonNode> lines, ObjectNode counts) {
            for (JsonNode line : lines) {
                String harmless = text(line, "no_damage_because");
                add(counts, TOTAL, 1);
                add(counts, line.path("right").asBoolean() ? RIGHT : WRONG, 1);
                String what = harmless.isEmpty()
                        ? "verify %s, restore %s".formatted(text(line, "verify_exit"), text(line, "restore_exit"))
                        : "no damage: " + harmless;
                add(counts, "%s | %s | %s".formatted(text(line, "object"), text(line, "damage"), what), 1);
            }
        }
    },
    FUZZ("fuzz") {
        @Override
        void count(List<JsonNode> lines, ObjectNode counts) {
            for (JsonNode line : lines) {
                add(counts, TOTAL, line.path("executions").asLong());
                add(counts, "findings", line.path("findings").asLong());
                add(
                        counts,
                        "%s | %s | %s min".formatted(text(line, "parser"), text(line, "engine"), text(line, "minutes")),
                        line.path("executions").asLong());
            }
        }
    },
    STATEMENTS("statements") {
        @Override
        void count(List<JsonNode> lines, ObjectNode counts) {
            for (JsonNode line : lines) {
                add(counts, TOTAL, 1);
                add(
                        counts,
                        "%s | %s | ended with %s, then %s"
                                .formatted(
                                        text(line, "job"),
                                        text(line, "how"),
                                        text(line, "first"),
                                        text(line, "second")),
                        1);
            }
            rounds(lines, counts);
        }
    },
    WORKERS("workers") {
        @Override
        void count(List<JsonNode> lines, ObjectNode counts) {
            for (JsonNode line : lines) {
                if (line.has("fault")) {
                    add(counts, TOTAL, 1);
                    add(counts, "%s | %s".formatted(text(line, "of"), text(line, "what")), 1);
                }
                line.path("exits").forEach(exit -> add(counts, "runs that ended with " + exit.asText(), 1));
                if (line.has("objects")) {
                    add(counts, "copies", line.path("objects").asLong());
                    add(counts, "copies made again", line.path("again").asLong());
                    add(
                            counts,
                            "copies that may be made again for what was struck",
                            line.path("allowed").asLong());
                }
                if (line.has("restored")) {
                    add(counts, "restored with equal rows", 1);
                }
            }
            rounds(lines, counts);
        }
    },
    LEASE("lease") {
        @Override
        void count(List<JsonNode> lines, ObjectNode counts) {
            for (JsonNode line : lines) {
                add(counts, TOTAL, line.path("rounds").asLong());
                add(counts, "exactly one winner", line.path("winners").asLong());
                add(
                        counts,
                        "%s | %s".formatted(text(line, "store"), text(line, "racers")),
                        line.path("rounds").asLong());
            }
        }
    };

    static final String TOTAL = "total";
    static final String RIGHT = "right";
    static final String WRONG = "wrong";

    private final String title;

    Part(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Its journal under {@code target/reliability}. */
    String file() {
        return title + ".jsonl";
    }

    /**
     * Counts lines. Names with bars become rows of a table.
     *
     * @param lines all but the head
     */
    abstract void count(List<JsonNode> lines, ObjectNode counts);

    private static void rounds(List<JsonNode> lines, ObjectNode counts) {
        Predicate<JsonNode> right = line -> text(line, "result").equals(RIGHT);
        long judged = lines.stream().filter(line -> line.has("result")).count();
        long good = lines.stream().filter(right).count();
        counts.put(RIGHT, good);
        counts.put(WRONG, judged - good);
    }

    private static String text(JsonNode line, String key) {
        return line.path(key).asText();
    }

    private static void add(ObjectNode counts, String name, long more) {
        counts.put(name, counts.path(name).asLong() + more);
    }
}
