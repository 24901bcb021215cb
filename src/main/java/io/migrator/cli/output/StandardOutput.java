package io.migrator.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The process' standard output. Where it is a pipe whose reader has gone, as {@code head} does, what follows goes nowhere and
 * is no fault: the reader has what it wanted, and a job goes on to its end.
 */
public final class StandardOutput {
    private static final int KIND = 0170000;
    private static final int PIPE = 0010000;

    private StandardOutput() {}

    /** Collections may have names of any script, whatever the locale of a cron job is. */
    public static PrintStream open() {
        OutputStream raw = new FileOutputStream(FileDescriptor.out);
        return new PrintStream(isPipe() ? untilReaderLeaves(raw) : raw, true, StandardCharsets.UTF_8);
    }

    static OutputStream untilReaderLeaves(OutputStream pipe) {
        return new OutputStream() {
            private boolean left;

            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                if (left) {
                    return;
                }
                try {
                    pipe.write(bytes, offset, length);
                } catch (IOException e) {
                    left = true;
                }
            }
        };
    }

    private static boolean isPipe() {
        try {
            return ((int) Files.getAttribute(Path.of("/dev/fd/1"), "unix:mode") & KIND) == PIPE;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // Not on this system: then a reader that leaves is told as a fault.
            return false;
        }
    }
}
