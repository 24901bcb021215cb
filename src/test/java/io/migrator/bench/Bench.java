package io.migrator.bench;

import io.migrator.demo.Program;
import io.migrator.demo.TwoMilvus;
import io.migrator.lab.LabCache;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures backup and restore on real servers and prints a table, with milvus-backup beside where its program is given. Run
 * by {@code ./mvnw -Pbench [-Dbench.peer=PATH]}.
 */
public final class Bench {
    private static final int RUNS = 3;
    /** Of what takes minutes. */
    private static final int LONG_RUNS = 1;

    private static final int SHORT_RUNS = 5;
    private static final int IN_FLIGHT = 128;
    private static final String PEER = System.getProperty("bench.peer", "");
    private static final List<String> LAUNCHER_OPTIONS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:disable");

    private final Path workDir;
    private final Program jar;
    private final Program launcher;
    private final Program peer;
    private final TwoMilvus servers;
    private final Table table = new Table();
    private final List<String> notes = new ArrayList<>();
    private int backups;

    private Bench(Path jar, Path workDir, TwoMilvus servers) {
        this.workDir = workDir;
        this.jar = Program.jar(jar, workDir.resolve("state"));
        this.launcher = Program.launcher(jar.resolveSibling("migrator").toAbsolutePath(), workDir.resolve("state"));
        this.peer = Program.launcher(Path.of(PEER), workDir.resolve("state"));
        this.servers = servers;
    }

    /** What a backup is to take, as parts of milvus-backup's time in the same minutes. */
    private record Targets(double plain, double launched) {}

    /** @param args the jar and a folder to work in */
    public static void main(String[] args) throws Exception {
        Path workDir = Path.of(args[1]);
        LabCache.deleteTree(workDir);
        Files.createDirectories(workDir);
        say("starting an S3 server and two Milvus 2.3.5");
        try (TwoMilvus servers =
                TwoMilvus.start(workDir.toAbsolutePath(), Map.of("dataCoord.enableCompaction", "false"), Map.of())) {
            Bench bench = new Bench(Path.of(args[0]), workDir, servers);
            bench.measure();
            System.out.printf("%n%s%n", bench.table);
            bench.notes.forEach(System.out::println);
        }
        System.exit(0);
    }

    private void measure() throws IOException {
        note(
                "load average at the start",
                "%.1f on %d cores".formatted(load(), Runtime.getRuntime().availableProcessors()));
        timed("class-data archive made", () -> launcher.run(workDir.resolve("archive.log"), "--install-archive"));
        Sources sources = new Sources(servers.clientA());
        shortCommands(sources);
        timed("286 segments of 7 objects filled", sources::narrow);
        String backup = backups("2,000 small objects", Sources.NARROW, RUNS, new Targets(1.7, 1.1));
        restores(backup);
        timed("320 segments of 63 objects filled", sources::wide);
        backups("20,000 small objects", Sources.WIDE, LONG_RUNS, new Targets(0.95, 0.75));
        note("load average at the end", "%.1f".formatted(load()));
    }

    private void shortCommands(Sources sources) throws IOException {
        sources.tiny();
        String tiny = backup(jar, Sources.TINY, new Measured());
        shortCommand("--help", "0.5 s", "--help");
        shortCommand("list", "0.35 s", "list", config("a"));
        shortCommand("verify of 7 objects", "1.3 CPU s", "--job=verify", "name=" + tiny, config("a"));
    }

    private void shortCommand(String what, String target, String... words) throws IOException {
        for (Program program : List.of(jar, launcher)) {
            Measured runs = new Measured();
            for (int i = 0; i < SHORT_RUNS; i++) {
                Path output = workDir.resolve("short.log");
                runs.add(program.run(output, words), output);
            }
            table.add(
                    "%s, %s".formatted(what, name(program)),
                    "%.2f s".formatted(runs.seconds()),
                    program == launcher ? target : "-",
                    runs);
        }
    }

    /** Measures backups of a collection beside the bare loop; returns the name of one of them. */
    private String backups(String what, String collection, int runs, Targets targets) throws IOException {
        say("backing up " + what);
        Measured byJar = new Measured();
        Measured byLauncher = new Measured();
        Measured byPeer = new Measured();
        Measured loop = new Measured();
        Measured lightLoop = new Measured();
        String name = "";
        for (int i = 0; i < runs; i++) {
            name = backup(jar, collection, byJar);
            loop(List.of(), loop);
            name = backup(launcher, collection, byLauncher);
            loop(LAUNCHER_OPTIONS, lightLoop);
            if (!PEER.isEmpty()) {
                peerBackup(collection, byPeer);
            }
        }
        backupRow(what, "java -jar", byJar, byPeer, targets.plain());
        backupRow(what, "launcher", byLauncher, byPeer, targets.launched());
        if (!PEER.isEmpty()) {
            table.add("backup of %s, milvus-backup".formatted(what), "%.1f s".formatted(byPeer.seconds()), "-", byPeer);
        }
        rates(what, "java -jar", byJar, loop);
        rates(what, "launcher", byLauncher, lightLoop);
        note("seconds of the stages, " + what + ", java -jar", byJar.breakdown());
        note("seconds of the stages, " + what + ", launcher", byLauncher.breakdown());
        return name;
    }

    private void backupRow(String what, String how, Measured runs, Measured byPeer, double part) {
        table.add(
                "backup of %s, %s".formatted(what, how),
                "%.1f s".formatted(runs.seconds()),
                PEER.isEmpty() ? "-" : "%.1f s (%.2f of milvus-backup's)".formatted(part * byPeer.seconds(), part),
                runs);
    }

    private void peerBackup(String collection, Measured runs) throws IOException {
        Path output = workDir.resolve("peer.log");
        String name = "peer_" + backups + runs.count();
        runs.add(
                peer.run(
                        output,
                        "create",
                        "--config",
                        workDir.resolve("milvus_a.yaml").toString(),
                        "-n",
                        name,
                        "-c",
                        collection),
                output);
    }

    private void rates(String what, String how, Measured migrator, Measured loop) {
        double rate = loop.copiedPerSecond();
        table.add(
                "copy part of %s, %s".formatted(what, how),
                "%.0f objects/s".formatted(migrator.copiedPerSecond()),
                "%.0f objects/s (0.9 of the bare loop's)".formatted(0.9 * rate),
                migrator);
        table.add("bare loop over %s, options as %s".formatted(what, how), "%.0f objects/s".formatted(rate), "-", loop);
    }

    private String backup(Program program, String collection, Measured runs) throws IOException {
        String name = "bench_" + ++backups;
        Path output = workDir.resolve(name + ".log");
        runs.add(
                program.run(
                        output,
                        "--job=backup",
                        "collection=" + collection,
                        "name=" + name,
                        config("a"),
                        "--output=json"),
                output);
        return name;
    }

    /** Copies what lies in bucket-a: only the objects of the one collection that the last backup took. */
    private void loop(List<String> options, Measured runs) throws IOException {
        List<String> command = new ArrayList<>(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BareCopyLoop.class.getName()));
        Path output = workDir.resolve("loop.log");
        String prefix = TwoMilvus.VAULT_ROOT + "/bench_" + backups + "/binlogs/";
        runs.add(
                Program.java(workDir, command)
                        .run(
                                output,
                                servers.store().host(),
                                String.valueOf(servers.store().port()),
                                servers.store().accessKey(),
                                servers.store().secretKey(),
                                TwoMilvus.BUCKET_B,
                                prefix,
                                TwoMilvus.BUCKET_A,
                                "loop/" + backups + "/" + options.size() + "/",
                                String.valueOf(IN_FLIGHT)),
                output);
    }

    private void restores(String backup) throws IOException {
        say("restoring 286 segments");
        Measured runs = new Measured();
        for (int i = 0; i < LONG_RUNS; i++) {
            Path output = workDir.resolve("restore_" + i + ".log");
            runs.add(
                    jar.run(output, "--job=restore", "name=" + backup, "suffix=_r" + i, config("b"), "--output=json"),
                    output);
        }
        table.add(
                "restore of 286 segments of 700 rows in place, java -jar",
                "%.1f s".formatted(runs.seconds()),
                "45 s",
                runs);
        note("seconds of the stages, restore", runs.breakdown());
    }

    private String config(String side) {
        return "--config=" + workDir.resolve("milvus_" + side + ".yaml");
    }

    private String name(Program program) {
        return program == jar ? "java -jar" : "launcher";
    }

    private void timed(String what, Runnable work) {
        say(what + " ...");
        long began = System.nanoTime();
        work.run();
        note(what, "%.1f s".formatted((System.nanoTime() - began) / 1e9));
    }

    private void note(String what, String text) {
        notes.add(what + ": " + text);
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void say(String text) {
        System.out.println("--- " + text);
    }
}
