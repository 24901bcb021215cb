package io.migrator.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What happened on the machine while a run copied.
 *
 * @param seconds of the copies
 * @param busy the share of the machine's processors that were at work
 * @param workersCpu processor seconds of the workers
 */
record CopyWindow(double seconds, double busy, double workersCpu) {
    private static final String COPY = "\"stage\":\"copy\",\"state\":\"";

    /** At one moment; times of the processors in the units of the system. */
    private record Moment(long nanos, long idle, long all, double workersCpu) {
        static Moment now(ScaledWorkers workers) throws IOException {
            String first = Files.readAllLines(Path.of("/proc/stat")).get(0);
            long[] times = Stream.of(first.trim().split("\\s+"))
                    .skip(1)
                    .limit(8)
                    .mapToLong(Long::parseLong)
                    .toArray();
            return new Moment(
                    System.nanoTime(),
                    times[3] + times[4],
                    LongStream.of(times).sum(),
                    workers.cpu().toNanos() / 1e9);
        }
    }

    /** Runs the command, which tells its progress as JSON, to its end. */
    static CopyWindow of(List<String> command, ScaledWorkers workers, Path log)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Moment began = Moment.now(workers);
        Moment ended = began;
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                if (line.contains(COPY + "began")) {
                    began = Moment.now(workers);
                } else if (line.contains(COPY + "done")) {
                    ended = Moment.now(workers);
                }
            }
        }
        Files.writeString(log, said);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("exit code " + process.exitValue() + ":\n" + said);
        }
        double all = Math.max(1, ended.all() - began.all());
        return new CopyWindow(
                (ended.nanos() - began.nanos()) / 1e9,
                1 - (ended.idle() - began.idle()) / all,
                ended.workersCpu() - began.workersCpu());
    }
}
