package io.migrator.sink.page;

import io.migrator.failure.KnownSecrets;
import io.migrator.failure.Printable;
import io.migrator.record.RecordedRun;
import io.migrator.report.ByteSize;
import java.util.List;
import java.util.Map;

/** The report as Markdown, for tickets and chats. */
public final class MarkdownReport {
    private static final int MOST_ROWS = 50;
    private static final int LONGEST = 300;

    private MarkdownReport() {}

    public static String of(RunStory story) {
        RecordedRun run = story.run();
        Verdict verdict = Verdict.of(run, story.state());
        StringBuilder text = new StringBuilder("# ")
                .append(plain(run.start().task() + (run.name().isEmpty() ? "" : " - " + run.name())))
                .append("\n\n**")
                .append(plain(verdict.words()))
                .append("**\n\n");
        if (run.end() != null && !run.end().message().isEmpty()) {
            text.append(plain(run.end().message())).append("\n\n");
        }
        text.append("What to do: ").append(plain(verdict.advice())).append("\n\n");
        text.append("Began %s, took %s, attempt %d, on %s.\n\n"
                .formatted(
                        Times.at(run.start().startedAt()),
                        Times.took(run.duration().toMillis() / 1000.0),
                        run.start().attempt(),
                        plain(run.start().writer().host())));
        List<Attempt> attempts = story.attempts();
        if (attempts.size() > 1) {
            table(
                    text,
                    "Attempts",
                    Attempt.HEADER,
                    attempts.stream().map(Attempt::cells).toList());
        }
        table(
                text,
                "Stages",
                List.of("stage", "state", "took", "objects", "bytes"),
                story.stages().stream()
                        .map(stage -> List.of(
                                stage.name(),
                                stage.state(),
                                Times.took(stage.seconds()),
                                String.valueOf(stage.objects()),
                                ByteSize.text((double) stage.bytes())))
                        .toList());
        Map<String, Object> facts = story.record().facts();
        FactTables.lists(facts).forEach(one -> table(text, one.title(), one.header(), one.rows()));
        table(
                text,
                "Warnings",
                List.of("when", "what"),
                story.record().said().stream()
                        .filter(one -> one.warning())
                        .map(one -> List.of(Times.at(one.at()), one.text()))
                        .toList());
        return text.toString();
    }

    private static void table(StringBuilder text, String title, List<String> header, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        text.append("## ").append(plain(title)).append("\n\n| ");
        header.forEach(cell -> text.append(plain(cell)).append(" | "));
        text.append("\n|").append("---|".repeat(header.size())).append('\n');
        rows.stream().limit(MOST_ROWS).forEach(row -> {
            text.append("| ");
            row.forEach(cell -> text.append(plain(cell)).append(" | "));
            text.append('\n');
        });
        text.append(rows.size() > MOST_ROWS ? "\nand %,d more\n\n".formatted(rows.size() - MOST_ROWS) : "\n");
    }

    /** One line in which nothing has a meaning to readers of Markdown, HTML included. */
    private static String plain(String text) {
        return Printable.text(KnownSecrets.ofThisProcess().begin(text, LONGEST))
                .replaceAll("([\\\\`*_{}\\[\\]()#+!|~])", "\\\\$1")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
