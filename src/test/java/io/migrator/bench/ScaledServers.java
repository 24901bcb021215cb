package io.migrator.bench;

import io.migrator.config.RepositoryConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.demo.Program;
import io.migrator.fake.FakeMilvus;
import io.migrator.fake.FakeSettings;
import io.migrator.lab.MinioServer;
import io.migrator.lab.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** A double of Milvus on a MinIO, a vault on another, a PostgreSQL, and the program that backs up from one to the other. */
final class ScaledServers implements AutoCloseable {
    /** The name of the host of both stores; each host has an address of its own for it. */
    static final String STORE = "store.lab";

    private static final String VERSION = "2.4.15";
    private static final Duration LONG = Duration.ofMinutes(3);

    private final Path workDir;
    /** Of Java, and the program. */
    private final List<String> options;

    private final MinioServer source;
    private final MinioServer vault;
    private final PostgresServer postgres;
    private final RepositoryConfig database;
    private final FakeMilvus milvus;
    private final Path alone;
    private final Path shared;
    private int backups;

    /**
     * A backup that workers made.
     *
     * @param seconds of its copies
     * @param busy the share of the machine's processors that were at work then
     * @param workersCpu processor seconds of the workers then
     * @param parts into which the copies were cut
     * @param gapMillis mean time between the end of a part and the beginning of the next
     * @param firstSeconds from the beginning of the step to that of the first part
     */
    record Copied(double seconds, double busy, double workersCpu, int parts, double gapMillis, double firstSeconds) {}

    private ScaledServers(String jar, Path workDir) throws IOException {
        this.workDir = workDir;
        this.options = new ArrayList<>(LauncherOptions.read());
        options.addAll(jar.contains(":") ? List.of("-cp", jar, "io.migrator.Main") : List.of("-jar", jar));
        this.source = MinioServer.start(Files.createDirectories(workDir.resolve("source")));
        this.vault = MinioServer.start(Files.createDirectories(workDir.resolve("vault")));
        source.createBucket("milvus");
        vault.createBucket("vault");
        this.postgres = PostgresServer.start(Files.createDirectories(workDir.resolve("postgres")));
        this.database = postgres.database();
        this.milvus = FakeMilvus.start(new FakeSettings(VERSION, source.storage(Side.MILVUS, "milvus", "files")));
        this.alone = config("alone.yaml", "");
        this.shared = config("shared.yaml", repository());
    }

    static ScaledServers start(String jar, Path workDir) throws IOException {
        return new ScaledServers(jar, workDir);
    }

    private String repository() {
        return "repository: {url: \"%s\", user: %s, password: %s}%n"
                .formatted(database.url(), database.user(), database.password().reveal());
    }

    private Path config(String name, String more) throws IOException {
        return Files.writeString(
                workDir.resolve(name),
                """
                milvus: {address: 127.0.0.1, port: %d}
                backup: {gcPause: {address: "%s"}}
                minio:
                  address: %s
                  port: %d
                  accessKeyID: %s
                  secretAccessKey: %s
                  bucketName: milvus
                  rootPath: files
                  backupStorageType: minio
                  backupAddress: %s
                  backupPort: %d
                  backupAccessKeyID: %s
                  backupSecretAccessKey: %s
                  backupBucketName: vault
                  backupRootPath: backup
                """
                                .formatted(
                                        milvus.port(),
                                        milvus.management(),
                                        STORE,
                                        source.port(),
                                        source.accessKey(),
                                        source.secretKey(),
                                        STORE,
                                        vault.port(),
                                        vault.accessKey(),
                                        vault.secretKey())
                        + more);
    }

    void fill(StreamedObjects objects) {
        objects.fill(milvus, source.storage(Side.MILVUS, "milvus", "files"));
    }

    List<Integer> storePorts() {
        return List.of(source.port(), vault.port());
    }

    private List<String> command(String address) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.add("-Djdk.net.hosts.file=" + ScaledWorkers.hosts(workDir, address));
        command.addAll(options);
        return command;
    }

    Process worker(String address, int threads) throws IOException {
        List<String> command = command(address);
        command.addAll(List.of("worker", "--threads=" + threads, "--config=" + shared));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        workDir.resolve("workers.log").toFile()))
                .start();
    }

    void awaitWorkers(int count) {
        await(() -> query("select 1 from migrator.worker where beat > now() - interval '2 seconds'")
                        .size()
                >= count);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(LONG)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(condition);
    }

    private List<Map<String, Object>> query(String sql) {
        return PostgresServer.rows(database, sql);
    }

    private List<String> words(StreamedObjects objects, String name, String... more) throws IOException {
        List<String> command = command("127.0.0.1");
        command.addAll(List.of("--job=backup", "collection=" + objects.collection(), "name=" + name));
        command.addAll(List.of(more));
        command.addAll(List.of("--config=" + shared, "--output=json"));
        return command;
    }

    Copied backup(StreamedObjects objects, ScaledWorkers workers, String... more)
            throws IOException, InterruptedException {
        String name = "bench_" + ++backups;
        CopyWindow window = CopyWindow.of(words(objects, name, more), workers, workDir.resolve(name + ".log"));
        Map<String, Object> parts = query(
                        """
                        select count(*) as parts, coalesce(avg(extract(epoch from start_time - before)), 0) * 1000 as gap,
                            extract(epoch from min(start_time) - (select start_time from %1$s.batch_step_execution
                                where step_name = 'copyBinlogs')) as first
                        from (select start_time, lag(end_time) over (order by start_time) as before
                              from %1$s.batch_step_execution where step_name like 'copyBinlogs:%%') as steps
                        """
                                .formatted(schema(name)))
                .get(0);
        return new Copied(
                window.seconds(),
                window.busy(),
                window.workersCpu(),
                ((Number) parts.get("parts")).intValue(),
                ((Number) parts.get("gap")).doubleValue(),
                ((Number) parts.get("first")).doubleValue());
    }

    private String schema(String name) {
        return String.valueOf(
                query("select schema_name from migrator.run where name like 'backup-%s-%%'".formatted(name))
                        .get(0)
                        .get("schema_name"));
    }

    /** A backup of one part whose worker is killed so often; gives the seconds until the next had it, each time. */
    List<Double> killed(StreamedObjects objects, ScaledWorkers workers, int kills, String... more)
            throws IOException, InterruptedException {
        String name = "bench_" + ++backups;
        Process coordinator = new ProcessBuilder(words(objects, name, more))
                .redirectErrorStream(true)
                .redirectOutput(workDir.resolve(name + ".log").toFile())
                .start();
        List<Double> seconds = new ArrayList<>();
        try {
            String[] worker = {""};
            await(() -> !at(name, worker).isEmpty());
            for (int kill = 0; kill < kills; kill++) {
                String victim = worker[0];
                long killed =
                        workers.kill(Long.parseLong(victim.split(" pid ")[1].split(" ")[0]));
                await(() -> !at(name, worker).equals(victim));
                seconds.add((System.nanoTime() - killed) / 1e9);
            }
        } finally {
            coordinator.destroyForcibly().waitFor();
        }
        return seconds;
    }

    private String at(String name, String[] worker) {
        List<Map<String, Object>> parts =
                query("select worker from %s.partition_report where not ended".formatted(schema(name)));
        worker[0] = parts.isEmpty() ? "" : String.valueOf(parts.get(0).get("worker"));
        return worker[0];
    }

    /** A backup without workers, in a run of its own. */
    void small(Measured runs, StreamedObjects objects, boolean inPostgres) throws IOException {
        String name = "bench_" + ++backups;
        Path output = workDir.resolve(name + ".log");
        runs.add(
                Program.java(
                                workDir.resolve("state"),
                                command("127.0.0.1").stream().skip(1).toList())
                        .run(
                                output,
                                "--job=backup",
                                "collection=" + objects.collection(),
                                "name=" + name,
                                "--config=" + (inPostgres ? shared : alone),
                                "--output=json"),
                output);
    }

    @Override
    public void close() {
        milvus.close();
        postgres.close();
        source.close();
        vault.close();
    }
}
