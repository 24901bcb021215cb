package io.migrator.cli.line;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The terminal that a person sits at.
 *
 * @param out whether standard output is one
 * @param err whether standard error is the same
 */
public record Terminal(boolean out, boolean err) {
    public static final Terminal NONE = new Terminal(false, false);

    private static final int USUAL_COLUMNS = 80;
    private static final int LONGEST_SECONDS = 1;
    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d+ (\\d+)\\s*");

    /** What this process was started in. */
    @SuppressWarnings("SystemConsoleNull") // null up to Java 21, asked otherwise below
    public static Terminal ofThisProcess() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM")) || !isTerminal(console)) {
            return NONE;
        }
        return new Terminal(true, sameAsOut());
    }

    /** From Java 22 on there is a console without a terminal, too. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Width of what standard output is, 0 where that is no terminal. It is asked for: words that draw nothing do not. */
    public int columns() {
        return out ? columns(System.getenv("COLUMNS")) : 0;
    }

    private static int columns(@Nullable String variable) {
        if (variable != null && isWidth(variable)) {
            return Integer.parseInt(variable);
        }
        // Shells keep COLUMNS to themselves; the terminal that standard input is knows.
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(Redirect.DISCARD)
                    .start();
            try (InputStream size = stty.getInputStream()) {
                Matcher told = ROWS_AND_COLUMNS.matcher(new String(size.readAllBytes(), StandardCharsets.US_ASCII));
                stty.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
                return told.matches() && isWidth(told.group(1)) ? Integer.parseInt(told.group(1)) : USUAL_COLUMNS;
            }
        } catch (IOException e) {
            return USUAL_COLUMNS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_COLUMNS;
        }
    }

    private static boolean isWidth(String told) {
        return told.matches("[1-9][0-9]{1,3}");
    }

    private static boolean sameAsOut() {
        Path open = Path.of("/proc/self/fd");
        try {
            return Files.readSymbolicLink(open.resolve("1")).equals(Files.readSymbolicLink(open.resolve("2")));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
