package io.migrator.sink.page;

import java.util.List;
import java.util.Locale;

/** Horizontal bars as SVG: attributes alone, since styles and scripts are taken out of reports by those who show them. */
final class Bars {
    private static final int LABEL = 330;
    private static final int WIDTH = 900;
    private static final int MARGIN = 10;
    private static final int ROW = 22;
    private static final int LONGEST_LABEL = 46;
    private static final String[] COLOURS = {
        "#2f6feb", "#1a7f37", "#bf8700", "#8250df", "#cf222e", "#1b7c83", "#953800", "#57606a"
    };

    private final StringBuilder svg = new StringBuilder();
    private final double scale;
    private int row;

    /**
     * @param rows with that of the axis, where there is one
     * @param most the value of a bar that is as wide as there is room
     */
    Bars(String title, int rows, double most) {
        this.scale = most <= 0 ? 0 : (WIDTH - LABEL - MARGIN) / most;
        svg.append(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                                .formatted(WIDTH, rows * ROW + 4, WIDTH, rows * ROW + 4))
                .append(" font-family=\"sans-serif\" font-size=\"12\"><title>")
                .append(Markup.of(title))
                .append("</title>");
    }

    /**
     * A piece of a bar.
     *
     * @param colour number of a colour; the same for the same thing
     */
    record Piece(String title, double from, double to, int colour) {}

    Bars row(String label, List<Piece> pieces) {
        int y = row * ROW;
        row++;
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">".formatted(LABEL - 8, y + 15))
                .append(Markup.of(shortened(label)))
                .append("</text>");
        for (Piece piece : pieces) {
            svg.append(String.format(
                            Locale.ROOT,
                            "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"16\" fill=\"%s\"><title>",
                            LABEL + piece.from() * scale,
                            y + 3,
                            Math.max(1, (piece.to() - piece.from()) * scale),
                            COLOURS[piece.colour() % COLOURS.length]))
                    .append(Markup.of(piece.title()))
                    .append("</title></rect>");
        }
        return this;
    }

    /** What begin, middle and end of the width stand for. A row of its own, after the others. */
    Bars axis(String begin, String middle, String end) {
        int y = row * ROW + 3;
        int right = WIDTH - MARGIN;
        row++;
        svg.append("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#888888\"/>".formatted(LABEL, y, right, y));
        tick(LABEL, y, "start", begin);
        tick((LABEL + right) / 2, y, "middle", middle);
        tick(right, y, "end", end);
        return this;
    }

    private void tick(int x, int y, String anchor, String text) {
        svg.append("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#888888\"/>".formatted(x, y, x, y + 4))
                .append("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"#57606a\">".formatted(x, y + 16, anchor))
                .append(Markup.of(text))
                .append("</text>");
    }

    static String colour(int number) {
        return COLOURS[number % COLOURS.length];
    }

    String svg() {
        return svg + "</svg>";
    }

    private static String shortened(String label) {
        return label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL - 3) + "...";
    }
}
