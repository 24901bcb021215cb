package io.migrator.sink.metrics;

import io.migrator.record.RunEnd;
import io.migrator.record.RunFigures;
import io.migrator.record.RunStart;
import io.migrator.record.StageSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run is in samples, without the labels that all of them have. docs/monitoring.md lists the names. */
final class RunSamples {
    /** What all names of a success begin with: they stay as they were after a run that was none. */
    static final String SUCCESS = "migrator_last_success_";

    /** What is told of a run while it goes on, and means nothing after it. */
    static final String GOING_ON = "migrator_run_";

    private RunSamples() {}

    /** Labels of all series of a run, those of the user last. Never a backup's name: there are too many of them. */
    static Map<String, String> labels(RunStart start, Map<String, String> users) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("task", start.task());
        labels.put("kind", start.kind());
        labels.putAll(users);
        return labels;
    }

    static List<Sample> started(RunStart start) {
        List<Sample> samples = always(start);
        samples.add(Sample.of("migrator_running", 1));
        return samples;
    }

    static List<Sample> running(RunStart start, StageSpan stage, Instant progressAt) {
        List<Sample> samples = started(start);
        samples.add(Sample.of(GOING_ON + "done_bytes", stage.bytes()));
        samples.add(Sample.of(GOING_ON + "total_bytes", stage.totalBytes()));
        samples.add(Sample.of(GOING_ON + "done_objects", stage.objects()));
        samples.add(Sample.of(GOING_ON + "total_objects", stage.totalObjects()));
        samples.add(Sample.at(GOING_ON + "progress_timestamp_seconds", progressAt));
        return samples;
    }

    /** @param begun whether it had its work for itself: else another may run, and is not told to have ended */
    static List<Sample> ended(RunStart start, RunEnd end, boolean begun) {
        RunFigures did = end.figures();
        String last = "migrator_last_run_";
        List<Sample> samples = always(start);
        if (begun) {
            samples.add(Sample.of("migrator_running", 0));
        }
        samples.add(Sample.at(last + "end_timestamp_seconds", end.at()));
        samples.add(Sample.of(last + "duration_seconds", end.seconds()));
        samples.add(Sample.of(last + "success", end.failure() == null ? 1 : 0));
        samples.add(Sample.of(last + "exit_code", end.exitCode()));
        samples.add(Sample.of(last + "restartable", end.restartable() ? 1 : 0));
        samples.add(Sample.of(last + "attempts", start.attempt()));
        samples.add(Sample.of(last + "objects", did.objects()));
        samples.add(Sample.of(last + "bytes", "transfer", "server", did.way().equals("server") ? did.bytes() : 0));
        samples.add(Sample.of(last + "bytes", "transfer", "stream", did.way().equals("stream") ? did.bytes() : 0));
        samples.add(Sample.of(last + "rows", did.rows()));
        samples.add(Sample.of(last + "collections", "state", "done", did.collections()));
        samples.add(Sample.of(last + "collections", "state", "missing", did.missing()));
        samples.add(Sample.of(last + "collections", "state", "unproven", did.unproven()));
        samples.add(Sample.of(last + "damaged_objects", did.damaged()));
        samples.add(Sample.of(last + "warnings", end.troubles().warnings()));
        samples.add(Sample.of(last + "retries", end.troubles().retries()));
        samples.add(Sample.of(last + "refused_requests", end.troubles().refused()));
        Map<String, Double> stages = new LinkedHashMap<>();
        end.stages().forEach(stage -> stages.merge(stage.name(), stage.seconds(), Double::sum));
        stages.forEach(
                (stage, seconds) -> samples.add(Sample.of(last + "stage_duration_seconds", "stage", stage, seconds)));
        if (end.failure() == null) {
            samples.addAll(success(end));
        }
        return samples;
    }

    /** A run that found all done says when, and not that there was less than the day before. */
    static List<Sample> success(RunEnd end) {
        RunFigures did = end.figures();
        List<Sample> samples = new ArrayList<>();
        samples.add(Sample.at(SUCCESS + "timestamp_seconds", end.at()));
        if (!end.alreadyComplete()) {
            samples.add(Sample.of(SUCCESS + "duration_seconds", end.seconds()));
            samples.add(Sample.of(SUCCESS + "bytes", did.bytes()));
            samples.add(Sample.of(SUCCESS + "objects", did.objects()));
            samples.add(Sample.of(SUCCESS + "rows", did.rows()));
            samples.add(Sample.of(SUCCESS + "collections", did.collections()));
        }
        return samples;
    }

    private static List<Sample> always(RunStart start) {
        List<Sample> samples = new ArrayList<>();
        samples.add(Sample.at("migrator_last_run_start_timestamp_seconds", start.startedAt()));
        // 0 where it is no more expected at all: what is not sent would stay as it was.
        samples.add(Sample.of("migrator_expected_interval_seconds", start.everySeconds()));
        samples.add(new Sample(
                "migrator_build_info",
                labels(
                        "version",
                        start.writer().program(),
                        "java",
                        start.writer().java()),
                1));
        return samples;
    }

    private static Map<String, String> labels(String one, String oneValue, String other, String otherValue) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(one, oneValue);
        labels.put(other, otherValue);
        return labels;
    }
}
