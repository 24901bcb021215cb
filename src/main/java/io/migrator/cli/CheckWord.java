package io.migrator.cli;

import io.migrator.config.ResolvedConfig;

/** The word {@code check}. */
final class CheckWord {
    private final Output output;

    CheckWord(Output output) {
        this.output = output;
    }

    int run(ResolvedConfig config) {
        return output.done("check", config.version(), java.util.Map.of());
    }
}
