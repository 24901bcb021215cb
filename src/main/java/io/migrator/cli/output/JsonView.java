package io.migrator.cli.output;

import io.migrator.report.JsonLine;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Progress as one JSON object a line, {@code message_type} being {@code status} or {@code note}. */
final class JsonView implements ProgressView {
    private final CleanStream out;
    private final OutputForm form;

    JsonView(CleanStream out, OutputForm form) {
        this.out = out;
        this.form = form;
    }

    @Override
    public void began(StageState stage) {
        status("began", stage, null);
    }

    @Override
    public void beat(StageState stage, WholeRun.@Nullable Guess whole) {
        status("running", stage, whole);
    }

    @Override
    public void ended(StageState stage, boolean whole) {
        status(whole ? "done" : "broken off", stage, null);
    }

    /** The summary says it. */
    @Override
    public void all(Duration took) {}

    @Override
    public void note(String line) {
        Map<String, Object> message = form.line("note");
        message.put("message", line);
        out.json(JsonLine.of(message));
    }

    private void status(String state, StageState stage, WholeRun.@Nullable Guess whole) {
        Map<String, Object> message = form.line("status");
        message.put("stage", stage.name());
        message.put("state", state);
        message.put("unit", stage.unit().word(2));
        message.put("objects_done", stage.doneObjects());
        message.put("objects_total", stage.totalObjects());
        message.put("bytes_done", stage.doneBytes());
        message.put("bytes_total", stage.totalBytes());
        message.put("seconds_elapsed", stage.elapsed().toMillis() / 1000.0);
        message.put("seconds_left", seconds(stage.left()));
        if (whole != null) {
            message.put("job_percent", whole.percent());
            message.put("job_seconds_left", seconds(whole.left()));
        }
        out.json(JsonLine.of(message));
    }

    private static @Nullable Double seconds(@Nullable Duration time) {
        return time == null ? null : time.toMillis() / 1000.0;
    }
}
