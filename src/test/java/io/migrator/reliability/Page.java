package io.migrator.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes {@code docs/reliability.md} of the promises, the tests that show them, and the figures of the parts. */
final class Page {
    private final Path docs;

    /** @param docs folder of the page and of the figures it keeps */
    Page(Path docs) {
        this.docs = docs;
    }

    /** @param journals what the parts wrote */
    void write(Path journals) {
        try {
            Figures figures = Figures.load(docs.resolve("reliability.json"));
            for (Part part : Part.values()) {
                figures.merge(part, journals);
            }
            Files.writeString(docs.resolve("reliability.md"), text(figures));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Figures figures) {
        StringBuilder text = new StringBuilder(promises());
        for (Part part : Part.values()) {
            JsonNode found = figures.of(part);
            if (!found.isMissingNode()) {
                section(text, part, found);
            }
        }
        return text.toString();
    }

    /** What the page begins with. */
    static String promises() {
        StringBuilder text = new StringBuilder(
                """
                # What is promised, and what shows it

                Made by `./mvnw -Preliability`, not by hand; figures of parts that did not run are those of their last run.
                `-Dparts=kills,faults,repeats,soak,statements,workers,page` chooses parts, `-Dkills=300`, `-Dfaults=60` (migrations under faults),
                `-Drepeats=300`, `-Dsoak.minutes=30` and `-Dworker.faults=200` their size, `-Dseed=` repeats the dice. Every test named here runs in `./mvnw verify`, too.

                | promise | kept by | shown by |
                |---|---|---|
                """);
        for (Promise promise : Promise.values()) {
            text.append("| %s | %s | %s |%n".formatted(promise.text(), promise.keptBy(), shown(promise.tests())));
        }
        return text.append(stateFaults()).toString();
    }

    private static String stateFaults() {
        StringBuilder text = new StringBuilder(
                """

                ## State in PostgreSQL
                What may be wrong with a [PostgreSQL that holds the state](scale-out.md), with those who use it, or with what lies between: how a run and a worker end, and what is said.

                | fault | run | worker | says | shown by |
                |---|---|---|---|---|
                """);
        for (StateFault fault : StateFault.values()) {
            text.append("| %s | %s | %s | %s | %s |%n"
                    .formatted(fault.fault(), fault.run(), fault.worker(), fault.told(), shown(fault.tests())));
        }
        return text.toString();
    }

    private static String shown(List<String> tests) {
        return tests.stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
    }

    private static void section(StringBuilder text, Part part, JsonNode figures) {
        JsonNode counts = figures.path("counts");
        text.append("%n## %s%n%s%n".formatted(Heading.of(part), Heading.explanation(part)));
        String minutes = figures.path("minutes").asText();
        text.append("%nOf %s%s%s%s.%n"
                .formatted(
                        figures.path("date").asText(),
                        minutes.isEmpty() ? "" : ", %s minutes".formatted(minutes),
                        after(", seed ", figures.path("seed").asText()),
                        after("; ", figures.path("machine").asText())));
        Map<String, Long> table = new LinkedHashMap<>();
        Map<String, Long> rest = new LinkedHashMap<>();
        counts.properties().forEach(each -> (each.getKey().contains(" | ") ? table : rest)
                .put(each.getKey(), each.getValue().asLong()));
        text.append("%n| | |%n|---|---|%n".formatted());
        rest.forEach((name, count) -> text.append("| %s | %,d |%n".formatted(name, count)));
        if (!table.isEmpty()) {
            int columns = table.keySet().iterator().next().split(" \\| ").length;
            text.append("%n|%s |%n|%s---|%n".formatted(" |".repeat(columns), "---|".repeat(columns)));
            table.forEach((name, count) -> text.append("| %s | %,d |%n".formatted(name, count)));
        }
    }

    private static String after(String before, String value) {
        return value.isEmpty() ? "" : before + value;
    }

    /** What stands above a part's figures. */
    private record Heading(String title, String text) {
        private static final Map<Part, Heading> ALL = Map.of(
                Part.KILLS,
                new Heading(
                        "Kills",
                        "The built jar is killed at the boundaries of every step and at diced moments within it, one"
                                + " in five times by SIGTERM, else by `kill -9`, and the same command is given again until"
                                + " the work is done. Then rows (a digest of all values, files read, so that a row that"
                                + " came twice counts twice), objects, staging and what else lies in the vault are"
                                + " compared with those of a run that nobody disturbed."),
                Part.FAULTS,
                new Heading(
                        "Faults",
                        "Whole migrations while the store and both Milvus fail by dice: errors, time-outs, late"
                                + " answers, bodies cut short, 503, done without an answer, bytes turned. Each run ends"
                                + " right or says why; without the faults the same command ends right."),
                Part.SOAK,
                new Heading(
                        "Soak",
                        "Diced operations on real servers. After each one the list of backups is exactly what it must"
                                + " be, and what was restored has exactly the rows of its backup's moment."),
                Part.REPEATS,
                new Heading(
                        "Repeats",
                        "Restores that completed, were refused or stopped are run again after the world changed, in"
                                + " stories of two collections and two commands. Each time the rows are those that they"
                                + " must be, or the exit code is not 0 and nothing changed; what the work itself made is"
                                + " never dropped."),
                Part.CORRUPTION,
                new Heading(
                        "Corruption",
                        "Each kind of object damaged in each way: with which code `verify` and `restore` end, both"
                                + " without reading a log. A restore that ends with 0 does not need what is damaged, and"
                                + " says so."),
                Part.FUZZ,
                new Heading("Fuzzing", "Executions of each parser with made-up input, without crash, hang or blow-up."),
                Part.STATEMENTS,
                new Heading(
                        "Statements",
                        "The n-th thing a job asks of its database, a statement or a commit, fails, or is the last"
                                + " before or after which nothing comes through any more; for each n all three. The run"
                                + " ends with 30, or with 0 and all right; the same command then ends with 0, and rows and"
                                + " objects are those of a run that nothing disturbed."),
                Part.WORKERS,
                new Heading(
                        "Several workers",
                        "Backups by a coordinator and three workers, each a process of the built jar with a network of its own to"
                                + " a real PostgreSQL and two real MinIO, struck by dice while they work. Each backup is"
                                + " proven byte for byte and is what one is that nobody disturbs; the database recorded each"
                                + " copy once, and the store, which keeps all versions, tells how many were made again: at"
                                + " most a chunk of each thread that was struck. Every fifth and the last are restored into"
                                + " another Milvus."),
                Part.LEASE,
                new Heading("Leases", "Two hosts with a database each and one backup: exactly one works."));

        static String of(Part part) {
            return ALL.get(part).title();
        }

        static String explanation(Part part) {
            return ALL.get(part).text();
        }
    }
}
