package io.migrator.cli.output;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The line of the terminal that a bar is drawn on again and again. The process has one terminal: whoever prints a line to
 * it while a bar stands there has it taken away first.
 */
final class BarLine {
    private static final Lock TERMINAL = new ReentrantLock();
    private static Runnable away = () -> {};

    private final CleanStream out;
    private int drawn;

    BarLine(CleanStream out) {
        this.out = out;
    }

    /** Prints with no bar in the way; the next beat draws it again. */
    static void above(Runnable printing) {
        TERMINAL.lock();
        try {
            away.run();
            printing.run();
        } finally {
            TERMINAL.unlock();
        }
    }

    /** @param text fits into the terminal */
    void draw(String text) {
        TERMINAL.lock();
        try {
            show(text);
            away = text.isEmpty() ? () -> {} : () -> show("");
        } finally {
            TERMINAL.unlock();
        }
    }

    private void show(String text) {
        if (text.isEmpty() && drawn == 0) {
            return;
        }
        out.carriageReturn();
        out.print(text + " ".repeat(Math.max(0, drawn - text.length())));
        if (text.isEmpty()) {
            out.carriageReturn();
        }
        out.flush();
        drawn = text.length();
    }
}
