package io.migrator.sink.page;

import io.migrator.failure.Failure;
import io.migrator.record.Fields;
import io.migrator.record.RecordedRun;
import io.migrator.record.RunEnd;
import io.migrator.record.RunStart;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The report as JUnit's XML, for the pages of build servers: the run is a suite, each collection a case, and the run itself one. */
public final class JunitReport {
    private static final int MOST_CASES = 20_000;

    private JunitReport() {}

    public static String of(RunStory story) {
        RecordedRun run = story.run();
        RunStart start = run.start();
        Map<String, Optional<String>> cases = cases(story);
        long failures = cases.values().stream().filter(Optional::isPresent).count();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append(String.format(
                        Locale.ROOT,
                        "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\" time=\"%.3f\" timestamp=\"%s\""
                                + " hostname=\"%s\">\n",
                        Markup.of(start.task()),
                        cases.size(),
                        failures,
                        run.duration().toMillis() / 1000.0,
                        Markup.of(start.startedAt().toString().replaceFirst("(\\.\\d+)?Z$", "")),
                        Markup.of(start.writer().host())));
        cases.forEach((name, fault) -> {
            xml.append("  <testcase classname=\"migrator.%s\" name=\"%s\""
                    .formatted(Markup.of(start.task()), Markup.of(name)));
            if (fault.isEmpty()) {
                xml.append("/>\n");
            } else {
                xml.append("><failure message=\"%s\"/></testcase>\n".formatted(Markup.sentence(fault.get())));
            }
        });
        return xml.append("</testsuite>\n").toString();
    }

    /** What is wrong with each; empty where nothing is. */
    private static Map<String, Optional<String>> cases(RunStory story) {
        Map<String, Optional<String>> cases = new LinkedHashMap<>();
        RecordedRun run = story.run();
        RunEnd end = run.end();
        String whole = run.name().isEmpty() ? "run" : "run of " + run.name();
        boolean fine = end != null && (end.failure() == null || end.failure() == Failure.PARTIAL);
        cases.put(
                whole,
                fine
                        ? Optional.empty()
                        : Optional.of(
                                end == null
                                        ? Verdict.of(run, story.state()).words()
                                        : end.word() + ": " + end.message()));
        Fields facts = new Fields(story.record().facts());
        for (String list : new String[] {"collections", "partitions", "coverage"}) {
            facts.parts(list).stream()
                    .map(one -> one.text("collection"))
                    .filter(name -> !name.isEmpty())
                    .limit(MOST_CASES)
                    .forEach(name -> cases.putIfAbsent(name, Optional.empty()));
        }
        facts.parts("missing")
                .forEach(one -> cases.put(one.text("collection"), Optional.of("missing: " + one.text("reason"))));
        for (String list : new String[] {"missing_in_backup", "unproven", "skipped"}) {
            facts.list(list)
                    .forEach(one -> cases.put(
                            FactTables.words(list) + ": " + one, Optional.of(FactTables.words(list) + ": " + one)));
        }
        facts.parts("damage").stream()
                .limit(MOST_CASES)
                .forEach(one ->
                        cases.put(one.text("object"), Optional.of(one.text("kind") + ": " + one.text("detail"))));
        return cases;
    }
}
