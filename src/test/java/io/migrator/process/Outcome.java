package io.migrator.process;

import java.util.List;

/** How a process ended and what it said. */
public record Outcome(int exitCode, List<String> out, List<String> err) {
    public String errors() {
        return String.join("\n", err);
    }

    public String output() {
        return String.join("\n", out);
    }

    @Override
    public String toString() {
        return "exit code %d%n--- stdout%n%s%n--- stderr%n%s".formatted(exitCode, output(), errors());
    }
}
