package io.migrator.sink.page;

import io.migrator.record.StageSpan;
import io.migrator.record.WholeRecord;
import io.migrator.report.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Objects and bytes a second over the time of a run, each by its own scale, and marks where a warning was told. */
final class RateChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 160;
    private static final int LEFT = 10;
    private static final int BOTTOM = 20;
    private static final int TOP = 18;
    private static final int MOST_POINTS = 300;
    private static final int MOST_MARKS = 50;

    private RateChart() {}

    private record Point(double second, double objects, double bytes) {}

    /** Empty where nothing was sampled. */
    static String svg(WholeRecord record) {
        List<Point> points = points(record);
        if (points.size() < 2) {
            return "";
        }
        double end = points.get(points.size() - 1).second();
        double mostObjects = points.stream().mapToDouble(Point::objects).max().orElse(0);
        double mostBytes = points.stream().mapToDouble(Point::bytes).max().orElse(0);
        StringBuilder svg = new StringBuilder()
                .append(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                                .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT))
                .append(" font-family=\"sans-serif\" font-size=\"12\"><title>Rate over time</title>")
                .append("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#888888\"/>"
                        .formatted(LEFT, HEIGHT - BOTTOM, WIDTH - LEFT, HEIGHT - BOTTOM));
        for (WholeRecord.Said said : record.said().stream()
                .filter(WholeRecord.Said::warning)
                .limit(MOST_MARKS)
                .toList()) {
            double x = x(seconds(record, said.at()), end);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#bf8700\" stroke-dasharray=\"2 3\"/>",
                    x,
                    TOP,
                    x,
                    HEIGHT - BOTTOM));
        }
        svg.append(line(points, end, mostObjects, true)).append(line(points, end, mostBytes, false));
        svg.append(text(LEFT, 12, "start", "#1a7f37", "objects: up to %s a second".formatted(count(mostObjects))));
        svg.append(text(
                WIDTH - LEFT, 12, "end", "#2f6feb", "bytes: up to %s a second".formatted(ByteSize.text(mostBytes))));
        svg.append(text(LEFT, HEIGHT - 5, "start", "#57606a", "0 s"));
        svg.append(text(WIDTH - LEFT, HEIGHT - 5, "end", "#57606a", count(end) + " s"));
        return svg + "</svg>";
    }

    private static String text(int x, int y, String anchor, String colour, String text) {
        return "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>"
                .formatted(x, y, anchor, colour, Markup.of(text));
    }

    private static String count(double number) {
        return String.format(Locale.ROOT, "%,d", Math.round(number));
    }

    private static String line(List<Point> points, double end, double most, boolean objects) {
        if (most <= 0) {
            return "";
        }
        StringBuilder line = new StringBuilder("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\""
                .formatted(objects ? "#1a7f37" : "#2f6feb"));
        for (Point point : points) {
            double value = objects ? point.objects() : point.bytes();
            double y = HEIGHT - BOTTOM - value / most * (HEIGHT - BOTTOM - TOP);
            line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.second(), end), y));
        }
        return line.toString().stripTrailing() + "\"/>";
    }

    private static double x(double second, double end) {
        return LEFT + (end <= 0 ? 0 : Math.max(0, Math.min(1, second / end)) * (WIDTH - 2 * LEFT));
    }

    private static double seconds(WholeRecord record, Instant at) {
        return Duration.between(record.run().start().startedAt(), at).toMillis() / 1000.0;
    }

    /** What was done between two samples of a stage, by the time between them; not more of them than a line can show. */
    private static List<Point> points(WholeRecord record) {
        List<Point> points = new ArrayList<>();
        StageSpan before = null;
        for (StageSpan stage : record.stages()) {
            if (before != null
                    && !stage.state().equals(StageSpan.BEGAN)
                    && before.name().equals(stage.name())) {
                double seconds = stage.seconds() - before.seconds();
                if (seconds > 0) {
                    points.add(new Point(
                            seconds(record, stage.at()),
                            (stage.objects() - before.objects()) / seconds,
                            (stage.bytes() - before.bytes()) / seconds));
                }
            }
            before = stage;
        }
        int every = points.size() / MOST_POINTS + 1;
        List<Point> shown = new ArrayList<>();
        for (int i = every - 1; i < points.size(); i += every) {
            shown.add(points.get(i));
        }
        return shown;
    }
}
