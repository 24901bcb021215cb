package io.migrator.sink.page;

import io.migrator.record.Fields;
import io.migrator.record.RecordedRun;
import io.migrator.record.RunStart;
import io.migrator.record.WholeRecord;
import io.migrator.report.ByteSize;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report as one page: no script, nothing fetched, and legible where its few styles are taken out. */
public final class HtmlReport {
    private static final int MOST_ROWS = 500;
    private static final int LARGEST = 20;
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx");
    private static final String STYLE =
            """
            <style>
            body { font: 14px/1.5 system-ui, sans-serif; color: #1f2328; background: #ffffff; max-width: 960px; margin: 24px auto; padding: 0 16px; }
            h1 { font-size: 22px; } h2 { font-size: 17px; margin-top: 28px; border-bottom: 1px solid #d0d7de; }
            table { border-collapse: collapse; } td, th { border-bottom: 1px solid #d0d7de; padding: 2px 10px 2px 0; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
            .verdict { color: #ffffff; padding: 10px 14px; border-radius: 6px; } svg { max-width: 100%; height: auto; } pre { white-space: pre-wrap; overflow-wrap: anywhere; }
            </style>
            """;

    private final RunStory story;
    private final ZoneId zone;
    private final StringBuilder page = new StringBuilder();
    private final Map<String, Integer> colours = new LinkedHashMap<>();

    private HtmlReport(RunStory story, ZoneId zone) {
        this.story = story;
        this.zone = zone;
    }

    /** @param zone in which times are told beside UTC */
    public static String of(RunStory story, ZoneId zone) {
        return new HtmlReport(story, zone).page();
    }

    private String page() {
        RecordedRun run = story.run();
        RunStart start = run.start();
        Verdict verdict = Verdict.of(run, story.state());
        String title = start.task() + (run.name().isEmpty() ? "" : " - " + run.name());
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
                .append(Markup.of(title))
                .append("</title>\n")
                .append(STYLE)
                .append("</head>\n<body>\n<h1>")
                .append(Markup.of(title))
                .append("</h1>\n<table width=\"100%\"><tr><td class=\"verdict\" bgcolor=\"")
                .append(verdict.colour())
                .append("\"><font color=\"#ffffff\"><b>")
                .append(Markup.of(verdict.words()))
                .append("</b></font></td></tr></table>\n");
        if (run.end() != null && !run.end().message().isEmpty()) {
            run.end().message().lines().limit(50).forEach(line -> page.append("<p>")
                    .append(Markup.sentence(line))
                    .append("</p>\n"));
        }
        page.append("<p><b>What to do:</b> ")
                .append(Markup.of(verdict.advice()))
                .append("</p>\n");
        pairs("Run", what(run));
        timeline();
        rate();
        stages();
        Map<String, Object> facts = story.record().facts();
        largest(facts);
        FactTables.lists(facts).forEach(one -> table(one.title(), one.header(), one.rows()));
        pairs("Result", FactTables.plain(facts));
        said("Warnings", true);
        said("Notes", false);
        pairs("Parameters", start.parameters());
        pairs("Made by", versions(start));
        return page.append("</body>\n</html>\n").toString();
    }

    private Map<String, String> what(RecordedRun run) {
        RunStart start = run.start();
        Map<String, String> what = new LinkedHashMap<>();
        what.put("task", start.task() + (start.task().equals(start.kind()) ? "" : " (" + start.kind() + ")"));
        if (!run.name().isEmpty()) {
            what.put("backup", run.name());
        }
        what.put("began", moment(start.startedAt()));
        what.put(
                run.end() == null ? "last heard of" : "ended",
                moment(run.end() == null ? run.lastWord() : run.end().at()));
        what.put("took", Times.took(run.duration().toMillis() / 1000.0));
        what.put("attempt", String.valueOf(start.attempt()));
        what.put("objects", String.format(Locale.ROOT, "%,d", story.done().objects()));
        what.put("bytes", ByteSize.text((double) story.done().bytes()));
        if (run.end() != null) {
            what.put(
                    "rows",
                    String.format(Locale.ROOT, "%,d", run.end().figures().rows()));
            what.put("requests sent again", String.valueOf(run.end().troubles().retries()));
            what.put(
                    "requests refused for a while",
                    String.valueOf(run.end().troubles().refused()));
        }
        return what;
    }

    private String moment(Instant at) {
        return Times.at(at)
                + (zone.getId().equals("UTC") || zone.getId().equals("Z")
                        ? ""
                        : " (" + LOCAL.format(at.atZone(zone)) + ")");
    }

    private void timeline() {
        List<Attempt> attempts = story.attempts();
        double most = attempts.stream().mapToDouble(Attempt::seconds).max().orElse(0);
        Bars bars = new Bars("Stages of each attempt", attempts.size() + 1, most);
        attempts.forEach(attempt -> bars.row(
                attempt.title(),
                attempt.stages().stream()
                        .map(stage -> new Bars.Piece(stage.words(), stage.from(), stage.to(), colour(stage.name())))
                        .toList()));
        bars.axis("begin", "after " + Times.took(most / 2), "after " + Times.took(most));
        page.append("<h2>Timeline</h2>\n<p>")
                .append(Markup.sentence(axis(attempts, most)))
                .append("</p>\n")
                .append(bars.svg())
                .append("\n<p>");
        colours.forEach((name, colour) -> page.append("<font color=\"")
                .append(Bars.colour(colour))
                .append("\">&#9632;</font> ")
                .append(Markup.of(name))
                .append(" &nbsp; "));
        page.append("</p>\n");
        if (attempts.size() > 1) {
            table(
                    "Attempts",
                    Attempt.HEADER,
                    attempts.stream().map(Attempt::cells).toList());
        }
    }

    private static String axis(List<Attempt> attempts, double most) {
        return attempts.size() == 1
                ? "The bar begins when the run began, at %s, and is as long as it took: %s."
                        .formatted(Times.at(attempts.get(0).began()), Times.took(most))
                : "Each line is an attempt at this work, the oldest first. Its bar begins when that attempt began, at the time"
                        + " beside it; the axis is the time since then, as long as the longest attempt took: %s. What lay"
                                .formatted(Times.took(most))
                        + " between two attempts is not shown.";
    }

    private int colour(String stage) {
        return colours.computeIfAbsent(stage, name -> colours.size());
    }

    private void rate() {
        String chart = RateChart.svg(story.record());
        if (!chart.isEmpty()) {
            page.append("<h2>Rate</h2>\n").append(chart).append('\n');
        }
    }

    private void stages() {
        table(
                "Stages",
                List.of("stage", "state", "took", "objects", "bytes"),
                story.stages().stream()
                        .map(stage -> List.of(
                                stage.name(),
                                stage.state(),
                                Times.took(stage.seconds()),
                                of(stage.objects(), stage.totalObjects()),
                                ByteSize.text((double) stage.bytes())))
                        .toList());
    }

    private static String of(long done, long all) {
        return all > 0 ? String.format(Locale.ROOT, "%,d of %,d", done, all) : String.format(Locale.ROOT, "%,d", done);
    }

    private void largest(Map<String, Object> facts) {
        List<Fields> collections = new Fields(facts)
                .parts("collections").stream()
                        .sorted(Comparator.comparingLong((Fields one) -> one.number("bytes"))
                                .reversed()
                                .thenComparing(one -> one.text("collection")))
                        .limit(LARGEST)
                        .toList();
        if (collections.size() > 1) {
            Bars bars = new Bars(
                    "Largest collections",
                    collections.size(),
                    collections.get(0).number("bytes"));
            collections.forEach(one -> bars.row(
                    one.text("collection") + ", " + ByteSize.text((double) one.number("bytes")),
                    List.of(new Bars.Piece(one.text("collection"), 0, one.number("bytes"), 0))));
            page.append("<h2>Largest collections</h2>\n").append(bars.svg()).append('\n');
        }
    }

    private void said(String title, boolean warnings) {
        List<List<String>> rows = new ArrayList<>();
        for (WholeRecord.Said one : story.record().said()) {
            if (one.warning() == warnings) {
                rows.add(List.of(Times.at(one.at()), one.text()));
            }
        }
        table(title, List.of("when", "what"), rows);
    }

    private static Map<String, String> versions(RunStart start) {
        Map<String, String> made = new LinkedHashMap<>();
        made.put("migrator", start.writer().program());
        made.put("Java", start.writer().java());
        made.put("system", start.writer().os());
        made.put("host", start.writer().host() + ", pid " + start.writer().pid());
        made.put("run", start.runId());
        made.put("label", start.label());
        made.put("configuration", start.config());
        return made;
    }

    private void pairs(String title, Map<String, String> pairs) {
        table(
                title,
                List.of(),
                pairs.entrySet().stream()
                        .filter(pair -> !pair.getValue().isEmpty())
                        .map(pair -> List.of(pair.getKey(), pair.getValue()))
                        .toList());
    }

    private void table(String title, List<String> header, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        page.append("<h2>").append(Markup.of(title)).append("</h2>\n<table>\n");
        if (!header.isEmpty()) {
            page.append("<tr>");
            header.forEach(cell -> page.append("<th>").append(Markup.of(cell)).append("</th>"));
            page.append("</tr>\n");
        }
        rows.stream().limit(MOST_ROWS).forEach(row -> {
            page.append("<tr>");
            row.forEach(cell -> page.append("<td>").append(Markup.of(cell)).append("</td>"));
            page.append("</tr>\n");
        });
        page.append("</table>\n");
        if (rows.size() > MOST_ROWS) {
            page.append("<p>and %,d more</p>\n".formatted(rows.size() - MOST_ROWS));
        }
    }
}
