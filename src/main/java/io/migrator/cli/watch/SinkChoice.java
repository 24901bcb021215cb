package io.migrator.cli.watch;

import io.migrator.config.outside.OutsideConfig;
import io.migrator.record.RecordFolder;
import io.migrator.record.RunRecording;
import io.migrator.record.RunSink;
import io.migrator.sink.metrics.Pushgateway;
import io.migrator.sink.metrics.Textfile;
import io.migrator.sink.notify.Hooks;
import io.migrator.sink.notify.Ping;
import io.migrator.sink.notify.Webhook;
import io.migrator.sink.page.ReportFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes those who are told of runs, each only where its key is set: what nobody names is not loaded. */
final class SinkChoice {
    private SinkChoice() {}

    /** Null where nobody is told. */
    static @Nullable Sinks of(OutsideConfig config, Path state, RunRecording recording) {
        List<RunSink> sinks = new ArrayList<>();
        if (!config.metrics().textfile().isEmpty()) {
            sinks.add(new Textfile(config.metrics(), new RecordFolder(state)));
        }
        if (!config.metrics().gatewayUrl().isEmpty()) {
            sinks.add(new Pushgateway(config.metrics()));
        }
        if (!config.notifications().ping().isEmpty()) {
            sinks.add(new Ping(config.notifications()));
        }
        if (!config.notifications().webhook().isEmpty()) {
            sinks.add(new Webhook(config.notifications(), new RecordFolder(state)));
        }
        if (!config.reportFile().isEmpty()) {
            sinks.add(new ReportFile(config.reportFile(), new RecordFolder(state)));
        }
        if (!config.hooks().after().isEmpty()) {
            sinks.add(new Hooks(config.hooks()));
        }
        return sinks.isEmpty()
                ? null
                : new Sinks(recording, sinks, config.metrics().interval());
    }

    /** Runs the command that is to run before; returns why the run may not begin, empty where it may. */
    static String before(OutsideConfig.HooksConfig hooks, RunRecording recording) {
        return Hooks.before(hooks, recording.start(), recording.file());
    }
}
