package io.migrator.sink.notify;

import io.migrator.config.OutsideKeys;
import io.migrator.config.outside.OutsideConfig;
import io.migrator.config.outside.OutsideConfig.HooksConfig;
import io.migrator.failure.Failure;
import io.migrator.failure.KnownSecrets;
import io.migrator.record.RunEnd;
import io.migrator.record.RunSink;
import io.migrator.record.RunStart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The commands that a user wants run before and after each run. */
public final class Hooks implements RunSink {
    private final HooksConfig config;

    public Hooks(HooksConfig config) {
        this.config = config;
    }

    /** Why the run may not begin; empty where it may. */
    public static String before(HooksConfig config, RunStart start, Path record) {
        return HookCommand.run(config.before(), variables(start, record), config.timeout());
    }

    @Override
    public String key() {
        return OutsideKeys.AFTER;
    }

    @Override
    public void ended(RunStart start, RunEnd end, Path record, boolean started) throws IOException {
        Map<String, String> variables = variables(start, record);
        variables.put("MIGRATOR_RUN_NAME", end.name());
        variables.put("MIGRATOR_RUN_EXIT_CODE", String.valueOf(end.exitCode()));
        variables.put("MIGRATOR_RUN_FAILURE", end.failure() == null ? "" : end.word());
        variables.put("MIGRATOR_RUN_MESSAGE", plain(end.message()));
        Duration overall =
                end.failure() == Failure.STOPPED ? OutsideConfig.LONGEST_WHEN_STOPPED : OutsideConfig.LONGEST;
        // So that it is ended, and said to be, before all are given up.
        Duration most = overall.minusSeconds(1);
        Duration limit = config.timeout().compareTo(most) < 0 ? config.timeout() : most;
        String fault = HookCommand.run(config.after(), variables, limit);
        if (!fault.isEmpty()) {
            throw new IOException("the command " + fault);
        }
    }

    private static Map<String, String> variables(RunStart start, Path record) {
        Map<String, String> variables = new HashMap<>();
        variables.put("MIGRATOR_RUN_ID", start.runId());
        variables.put("MIGRATOR_RUN_TASK", start.task());
        variables.put("MIGRATOR_RUN_KIND", start.kind());
        variables.put("MIGRATOR_RUN_NAME", start.name());
        variables.put("MIGRATOR_RUN_ATTEMPT", String.valueOf(start.attempt()));
        variables.put("MIGRATOR_RUN_RECORD", record.toString());
        return variables;
    }

    /** No system lets a variable hold the sign that ends it. */
    private static String plain(String text) {
        return KnownSecrets.ofThisProcess().masked(text).replace("\0", "");
    }
}
