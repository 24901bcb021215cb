package io.migrator.bench;

import io.migrator.lab.LabCache;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Measures what several workers gain and what they cost: copies by 1, 2 and 4 of them through a network of 50 MB/s a host that
 * answers after 20 ms, the time until another goes on where one is killed, what a part costs, and what a small backup costs with
 * its state in PostgreSQL and in a file. Run by {@code ./mvnw -Pbench -Dbench.class=io.migrator.bench.Scaling}.
 */
public final class Scaling {
    private static final int RUNS = 5;
    private static final int KILLS_A_RUN = 2;
    private static final int KILLED_RUNS = 3;

    private final ScaledServers servers;
    private final List<String> rows = new ArrayList<>();

    private Scaling(ScaledServers servers) {
        this.servers = servers;
    }

    /** @param args the jar, or a class path in its place; a folder to work in; more are for other benches */
    public static void main(String[] args) throws IOException, InterruptedException {
        // Else the JDK's server keeps small answers back for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Path workDir = Path.of(args[1]).toAbsolutePath();
        LabCache.deleteTree(workDir);
        Files.createDirectories(workDir);
        long began = System.nanoTime();
        double load = load();
        try (ScaledServers servers = ScaledServers.start(args[0], workDir)) {
            Scaling scaling = new Scaling(servers);
            scaling.copies(StreamedObjects.even("light", 1_600, 64 << 10), 4);
            scaling.copies(StreamedObjects.even("large", 400, 4 << 20), 8);
            scaling.handovers(StreamedObjects.even("few", 10, 64 << 10));
            scaling.parts(StreamedObjects.even("tiny", 640, 8 << 10));
            scaling.starts(StreamedObjects.even("start", 40, 8 << 10));
            System.out.printf(
                    Locale.ROOT,
                    "%nload average at the start %.1f, at the end %.1f; %d cores; all of it in %d s%n%n| what | measured | target | beside it |%n|---|---|---|---|%n",
                    load,
                    load(),
                    Runtime.getRuntime().availableProcessors(),
                    (System.nanoTime() - began) / 1_000_000_000);
            scaling.rows.forEach(System.out::println);
        }
        System.exit(0);
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private void row(String what, String measured, String target, String beside) {
        String row = "| %s | %s | %s | %s |".formatted(what, measured, target, beside);
        rows.add(row);
        System.out.println(row);
    }

    /** By four, by two and by one of the same workers, all of which have copied before. */
    private void copies(StreamedObjects objects, int inFlight) throws IOException, InterruptedException {
        servers.fill(objects);
        String what =
                "copy of %,d objects of %d KiB".formatted(objects.count(), objects.bytes() / objects.count() >> 10);
        try (ScaledWorkers workers = new ScaledWorkers(servers)) {
            workers.startSlow(4, 2);
            String[] words = {"chunk=10", "in-flight=" + inFlight, "workers=remote"};
            servers.backup(objects, workers, words);
            List<ScaledServers.Copied> byMany = new ArrayList<>();
            for (int count : new int[] {4, 2, 1}) {
                workers.leave(count);
                byMany.add(servers.backup(objects, workers, words));
            }
            double alone = byMany.get(2).seconds();
            double fixed = fixed(byMany);
            for (int i = 2; i >= 0; i--) {
                ScaledServers.Copied copied = byMany.get(i);
                double factor = alone / copied.seconds();
                row(
                        "%s by %d".formatted(what, 4 >> i),
                        "%.1f s%s".formatted(copied.seconds(), i == 2 ? "" : ", %.2fx".formatted(factor)),
                        i == 2 ? "" : i == 1 ? "1.9x" : "3.6x",
                        "%.0f MB/s; the machine %.0f %% at work, the workers %.1f processor s; %d parts, the first begun after %.2f s"
                                .formatted(
                                        objects.bytes() / 1e6 / copied.seconds(),
                                        copied.busy() * 100,
                                        copied.workersCpu(),
                                        copied.parts(),
                                        copied.firstSeconds()));
            }
            row("of that for any number", "%.1f s".formatted(fixed), "", "by least squares, the rest being shared");
        }
    }

    /** What of the times of 4, 2 and 1 workers is the same for each, where the rest is divided by their number. */
    private static double fixed(List<ScaledServers.Copied> byMany) {
        double[] shares = {1 / 4.0, 1 / 2.0, 1};
        double meanShare = DoubleStream.of(shares).average().orElseThrow();
        double meanSeconds = byMany.stream()
                .mapToDouble(ScaledServers.Copied::seconds)
                .average()
                .orElseThrow();
        double together = 0;
        double squares = 0;
        for (int i = 0; i < shares.length; i++) {
            together += (shares[i] - meanShare) * (byMany.get(i).seconds() - meanSeconds);
            squares += (shares[i] - meanShare) * (shares[i] - meanShare);
        }
        return meanSeconds - together / squares * meanShare;
    }

    private void handovers(StreamedObjects objects) throws IOException, InterruptedException {
        servers.fill(objects);
        List<Double> begun = new ArrayList<>();
        for (int i = 0; i < KILLED_RUNS; i++) {
            try (ScaledWorkers workers = new ScaledWorkers(servers)) {
                workers.start(KILLS_A_RUN + 1, 1);
                begun.addAll(servers.killed(
                        objects, workers, KILLS_A_RUN, "chunk=10", "workers=remote", "max-bytes-per-second=100K"));
            }
        }
        begun.sort(Comparator.naturalOrder());
        row(
                "from kill -9 of a worker until an idle one has its part",
                "%.2f s".formatted(begun.get(begun.size() / 2)),
                "2 s",
                "median of %d, from %.2f to %.2f s".formatted(begun.size(), begun.get(0), begun.get(begun.size() - 1)));
    }

    private void parts(StreamedObjects objects) throws IOException, InterruptedException {
        servers.fill(objects);
        try (ScaledWorkers workers = new ScaledWorkers(servers)) {
            workers.start(1, 1);
            ScaledServers.Copied many = null;
            ScaledServers.Copied one = null;
            for (int i = 0; i < 2; i++) {
                many = servers.backup(objects, workers, "chunk=5", "in-flight=1", "workers=remote");
                one = servers.backup(objects, workers, "chunk=320", "in-flight=1", "workers=remote");
            }
            row(
                    "a part beyond its copies, with its two checkpoints",
                    "%.0f ms".formatted((many.seconds() - one.seconds()) * 1000 / (many.parts() - one.parts())),
                    "30 ms",
                    "%d parts %.1f s, %d part %.1f s; between two parts %.0f ms"
                            .formatted(many.parts(), many.seconds(), one.parts(), one.seconds(), many.gapMillis()));
        }
    }

    private void starts(StreamedObjects objects) throws IOException, InterruptedException {
        servers.fill(objects);
        Measured file = new Measured();
        Measured postgres = new Measured();
        for (int i = 0; i < RUNS; i++) {
            servers.small(file, objects, false);
            servers.small(postgres, objects, true);
        }
        row(
                "backup of %d objects, state in a file".formatted(objects.count()),
                "%.1f s".formatted(file.seconds()),
                "",
                "%.1f processor s, median of %d".formatted(file.cpuSeconds(), RUNS));
        row(
                "the same, state in PostgreSQL",
                "%.1f s".formatted(postgres.seconds()),
                "",
                "%.1f processor s, median of %d".formatted(postgres.cpuSeconds(), RUNS));
    }
}
