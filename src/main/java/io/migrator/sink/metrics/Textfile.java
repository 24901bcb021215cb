package io.migrator.sink.metrics;

import io.migrator.config.OutsideKeys;
import io.migrator.config.outside.MetricsConfig;
import io.migrator.record.RecordFolder;
import io.migrator.record.RecordedRun;
import io.migrator.record.RunEnd;
import io.migrator.record.RunSink;
import io.migrator.record.RunStart;
import io.migrator.record.StageSpan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Metrics in a file for node_exporter's textfile collector, one of each task. What a run does not tell anew stays as it was, above all
 * the last success.
 */
public final class Textfile implements RunSink {
    private final MetricsConfig config;
    private final RecordFolder records;

    /** @param records where the last success is looked for when the file is not there */
    public Textfile(MetricsConfig config, RecordFolder records) {
        this.config = config;
        this.records = records;
    }

    @Override
    public String key() {
        return OutsideKeys.TEXTFILE;
    }

    @Override
    public void started(RunStart start) throws IOException {
        write(start, RunSamples.started(start), false);
    }

    @Override
    public void running(RunStart start, StageSpan stage, Instant progressAt) throws IOException {
        write(start, RunSamples.running(start, stage, progressAt), false);
    }

    @Override
    public void ended(RunStart start, RunEnd end, Path record, boolean started) throws IOException {
        write(start, RunSamples.ended(start, end, started), started);
    }

    /** @param over whether the run that was told of is no more */
    private void write(RunStart start, List<Sample> samples, boolean over) throws IOException {
        Path file = file(start);
        Map<String, String> labels = RunSamples.labels(start, config.labels());
        PromFile.change(file, labels, old -> {
            List<Sample> all = new ArrayList<>(samples);
            if (!old.has(RunSamples.SUCCESS)
                    && samples.stream().noneMatch(sample -> sample.name().startsWith(RunSamples.SUCCESS))) {
                all.addAll(recordedSuccess(start));
            }
            return old.with(all.stream().map(sample -> sample.with(labels)).toList(), over ? RunSamples.GOING_ON : "");
        });
    }

    private List<Sample> recordedSuccess(RunStart start) {
        try {
            return records.before(start, RecordedRun::succeeded)
                    .map(RecordedRun::end)
                    .map(RunSamples::success)
                    .orElse(List.of());
        } catch (UncheckedIOException e) {
            return List.of();
        }
    }

    /** In a folder one for each task; else the file that is named. */
    private Path file(RunStart start) throws IOException {
        Path named = Path.of(config.textfile()).toAbsolutePath();
        if (Files.isDirectory(named)) {
            return named.resolve("migrator_" + start.task().replaceAll("[^A-Za-z0-9._-]", "_") + PromFile.ENDING);
        }
        if (!named.toString().endsWith(PromFile.ENDING)) {
            throw new IOException(
                    "unable to write '%s': there is no such folder. Make it, or name a file that ends in .prom"
                            .formatted(named));
        }
        return named;
    }
}
