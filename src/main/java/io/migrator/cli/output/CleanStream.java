package io.migrator.cli.output;

import io.migrator.failure.KnownSecrets;
import io.migrator.failure.Printable;
import io.migrator.report.AsIs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A stream that people or programs read: what is printed on it is free of secrets and of characters that steer a terminal. */
public final class CleanStream extends PrintStream {
    public CleanStream(PrintStream stream) {
        super(stream, true, StandardCharsets.UTF_8);
    }

    static CleanStream of(PrintStream stream) {
        return stream instanceof CleanStream clean ? clean : new CleanStream(stream);
    }

    /** All that is printed as text comes through here; objects, lines and stack traces too. */
    @Override
    public void print(String text) {
        super.print(clean(String.valueOf(text)));
    }

    /** A line of a stack trace: what an exception quotes begins no line of its own. */
    @Override
    public void println(Object line) {
        String masked = KnownSecrets.ofThisProcess().masked(String.valueOf(line));
        println(masked.replace("\r", "\\r").replace("\n", "\\n"));
    }

    /** The trace as it is printed here. */
    static String trace(Throwable thrown) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (CleanStream stream = new CleanStream(new PrintStream(text, false, StandardCharsets.UTF_8))) {
            thrown.printStackTrace(stream);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** A line whose strings were masked one by one, so that no number in it is taken for a secret. */
    void json(String line) {
        super.print(Printable.lines(line) + System.lineSeparator());
        flush();
    }

    /** The one thing that is printed with the secrets in it. */
    void asIs(AsIs whole) {
        super.print(whole.text());
        flush();
    }

    /** A line in a colour, by its number among the escapes of a terminal. */
    void coloured(String colour, String line) {
        super.print("\u001b[" + colour + "m" + clean(line) + "\u001b[0m" + System.lineSeparator());
        flush();
    }

    /** Goes back to the begin of the line. */
    void carriageReturn() {
        super.print('\r');
    }

    static String clean(String text) {
        return Printable.lines(KnownSecrets.ofThisProcess().masked(text));
    }
}
