package io.migrator.demo;

import io.migrator.lab.Fill;
import io.migrator.lab.LabCache;
import io.migrator.lab.MilvusServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * Moves a collection from one real Milvus to another with the built jar and proves that it arrived. Run by
 * {@code ./mvnw -Pdemo}; exit code 0 only where everything was proved.
 */
public final class Demo {
    private static final int ROWS = 100_000;
    private static final int DIMENSIONS = 128;
    private static final String COLLECTION = "coll";
    private static final String SUFFIX = "_bak";
    private static final String BACKUP = "my_backup";

    private final Path workDir;
    private final Program migrator;
    private final boolean keep;
    private final Map<String, Duration> times = new LinkedHashMap<>();

    private int proofs;
    private int proved;

    private Demo(Path jar, Path workDir, boolean keep) {
        this.workDir = workDir;
        this.migrator = Program.jar(jar, workDir.resolve("state"));
        this.keep = keep;
    }

    private interface Work<T> {
        T done() throws IOException;
    }

    /** @param args the jar, a folder to work in, and {@code true} to leave the servers running */
    public static void main(String[] args) throws Exception {
        Demo demo = new Demo(Path.of(args[0]), Path.of(args[1]), Boolean.parseBoolean(args[2]));
        try {
            boolean passed = demo.run();
            demo.closing(passed);
            System.exit(passed ? 0 : 1);
        } catch (TestAbortedException e) {
            System.out.println("FAILED  the demo cannot run on this machine: " + oneLine(e)
                    + " | It needs python3 and, the first time, a network for what is fetched.");
            System.exit(1);
        }
    }

    private static String oneLine(TestAbortedException e) {
        return String.valueOf(e.getMessage())
                .replace("Assumption failed: ", "")
                .strip()
                .replaceAll("\\s*\\R\\s*", " | ");
    }

    private boolean run() throws IOException, InterruptedException {
        if (!MilvusServer.available()) {
            throw new TestAbortedException(MilvusServer.unavailableBecause());
        }
        LabCache.deleteTree(workDir);
        Files.createDirectories(workDir);
        say("Starting an S3 server and two Milvus 2.3.5");
        try (TwoMilvus servers =
                timed("servers started", () -> TwoMilvus.start(workDir.toAbsolutePath(), Map.of(), Map.of()))) {
            System.out.print(servers.addresses());
            say("Filling '%s' on milvus_A: %,d rows, %d dimensions, two partitions, dynamic field, deletes, HNSW"
                    .formatted(COLLECTION, ROWS, DIMENSIONS));
            timed("collection filled", () -> {
                new Fill(servers.clientA()).coll(COLLECTION, ROWS, DIMENSIONS);
                return COLLECTION;
            });
            boolean proved = migrate(servers) && prove(servers);
            if (keep) {
                untilStopped(servers, proved);
            }
            return proved;
        }
    }

    private boolean migrate(TwoMilvus servers) throws IOException {
        return program(
                        "backup",
                        "--job=backup",
                        "collection=" + COLLECTION,
                        "name=" + BACKUP,
                        "--config=" + workDir.resolve(servers.configA().getFileName()))
                && program(
                        "restore",
                        "--job=restore",
                        "collection=" + COLLECTION,
                        "name=" + BACKUP,
                        "suffix=" + SUFFIX,
                        "--config=" + workDir.resolve(servers.configB().getFileName()));
    }

    private boolean program(String what, String... words) throws IOException {
        say("$ " + migrator.line(words));
        Program.Run run = migrator.run(words);
        times.put(what + " (process start to end)", run.took());
        if (run.exitCode() != 0) {
            System.out.println("FAILED  exit code " + run.exitCode());
        }
        return run.exitCode() == 0;
    }

    private boolean prove(TwoMilvus servers) throws IOException {
        say("Asking milvus_A for '%s' and milvus_B for '%s'".formatted(COLLECTION, COLLECTION + SUFFIX));
        timed("both loaded", () -> {
            new Fill(servers.clientA()).load(COLLECTION);
            new Fill(servers.clientB()).load(COLLECTION + SUFFIX);
            return COLLECTION;
        });
        Proof proof = new Proof(servers, COLLECTION, COLLECTION + SUFFIX);
        timed("all rows read and compared", () -> {
            proof.rows();
            proof.schema();
            proof.objects(BACKUP);
            return proof;
        });
        System.out.println();
        proof.lines().forEach(System.out::println);
        System.out.println();
        times.forEach((what, took) -> System.out.printf("%8.1f s  %s%n", took.toMillis() / 1000.0, what));
        System.out.println();
        proofs = proof.lines().size();
        proved = proof.proved();
        return !proof.failed();
    }

    private void closing(boolean passed) {
        System.out.printf("demo %s, %d of %d proved%n", passed ? "passed" : "FAILED", proved, proofs);
        if (passed) {
            System.out.println(
                    """
                    Next: put the addresses of your Milvus, its bucket and a vault into config/backup.yaml, then
                      java -jar target/migrator.jar check                               # looks, and says what to correct
                      java -jar target/migrator.jar create --filter COLLECTION -n FIRST # a backup
                      java -jar target/migrator.jar --help
                    ./mvnw -Pdemo -Ddemo.keep leaves the servers of this demo running to be looked at.""");
        }
    }

    /** Waits with the servers running; an end asked for is no failure of what was proved. */
    private void untilStopped(TwoMilvus servers, boolean proved) throws InterruptedException {
        System.out.print(servers.addresses());
        System.out.printf(
                "configurations %s, %s%nAll of it keeps running until you press Ctrl-C here, or: kill %d%n",
                servers.configA(), servers.configB(), ProcessHandle.current().pid());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            servers.close();
            Runtime.getRuntime().halt(proved ? 0 : 1);
        }));
        new CountDownLatch(1).await();
    }

    /** Says every few seconds that it is still at work. */
    private <T> T timed(String what, Work<T> work) throws IOException {
        long began = System.nanoTime();
        ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor();
        var unused = beat.scheduleAtFixedRate(
                () -> System.out.printf(
                        "    not yet: %s (%d s)%n", what, since(began).toSeconds()),
                8,
                8,
                TimeUnit.SECONDS);
        try {
            T result = work.done();
            times.put(what, since(began));
            return result;
        } finally {
            beat.shutdownNow();
        }
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static void say(String text) {
        System.out.printf("%n--- %s%n", text);
    }
}
