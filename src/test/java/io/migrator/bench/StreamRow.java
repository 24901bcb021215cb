package io.migrator.bench;

import java.util.List;
import java.util.Locale;

/** A line of the table that {@link Streaming} prints. */
record StreamRow(String what, String way, Measured runs, long bytes, String stage) {
    static final List<String> HEAD = List.of(
            "what",
            "by",
            "seconds",
            "processor s",
            "processor s per GiB",
            "MiB/s",
            "MiB/s of the stage",
            "resident MiB");

    void print() {
        double mib = bytes / (double) (1 << 20);
        double stageSeconds = stage.isEmpty() ? Double.NaN : runs.stage(stage);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.1f | %.1f | %.1f | %.0f | %s | %d |%n",
                what,
                way,
                runs.seconds(),
                runs.cpuSeconds(),
                runs.cpuSeconds() / mib * 1024,
                mib / runs.seconds(),
                Double.isNaN(stageSeconds) ? "" : "%.0f".formatted(mib / stageSeconds),
                runs.peakMiB());
    }
}
