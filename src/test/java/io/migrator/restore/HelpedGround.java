package io.migrator.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.MigratorConfig;
import io.migrator.config.RepositoryConfig;
import io.migrator.config.StorageConfig.Side;
import io.migrator.lab.LocalFolders;
import io.migrator.lab.PostgresServer;
import io.migrator.launch.Launcher;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.Termination;
import io.migrator.launch.WorkerThread;
import io.migrator.launch.request.JobKind;
import io.migrator.launch.request.JobRequest;
import io.migrator.process.MigratorProcess;
import io.migrator.report.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A {@link RepeatGround} whose state lies in a PostgreSQL, with workers that help its restores and proofs. */
public final class HelpedGround implements AutoCloseable {
    private static final Duration MOST = Duration.ofSeconds(90);

    private final Path folder;
    private final RepeatGround ground;
    private final RepositoryConfig postgres;
    private final List<WorkerThread> workers = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();

    private HelpedGround(Path folder, RepeatGround ground, RepositoryConfig postgres) {
        this.folder = folder;
        this.ground = ground;
        this.postgres = postgres;
    }

    /** Some collections of the source are backed up as n. */
    public static HelpedGround with(Path folder, List<String> collections, String... words) {
        RepositoryConfig postgres = PostgresServer.shared().database();
        RepeatGround ground = RepeatGround.in(folder).keepingIn(postgres);
        for (int i = 0; i < collections.size(); i++) {
            ground.fill(collections.get(i), 1000L * i);
        }
        String[] all = Stream.concat(Stream.of("collection=*", "name=n"), Stream.of(words))
                .toArray(String[]::new);
        RunOutcome outcome = ground.backUp(all);
        assertThat(outcome.exitCode()).as(outcome.message()).isZero();
        return new HelpedGround(folder, ground, postgres);
    }

    public RepeatGround ground() {
        return ground;
    }

    /** What runs into the target, and workers for them, are configured with. */
    public MigratorConfig config() {
        return ground.toRestore("name=n").config();
    }

    /** The same for workers that name the bucket of the source. */
    public MigratorConfig configOfTheSource() {
        MigratorConfig config = config();
        return new MigratorConfig(
                config.milvus(),
                new LocalFolders(folder).storage(Side.MILVUS, "a", ""),
                config.vault(),
                config.backup(),
                config.log(),
                config.seal(),
                config.repository());
    }

    public RunOutcome run(JobKind job, Progress progress, String... words) {
        return new Launcher(request(job, words), progress, new Termination()).run();
    }

    public JobRequest request(JobKind job, String... words) {
        Map<String, String> parameters = new HashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            parameters.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return new JobRequest(job, parameters, config(), ground.stateFolder());
    }

    public CompletableFuture<RunOutcome> begin(JobKind job, Progress progress, String... words) {
        return CompletableFuture.supplyAsync(() -> run(job, progress, words));
    }

    public WorkerThread worker(int threads) {
        return worker(config(), threads);
    }

    public WorkerThread worker(MigratorConfig config, int threads) {
        WorkerThread worker = WorkerThread.start(config, threads);
        workers.add(worker);
        return worker;
    }

    /** A worker in a process of its own. */
    public Process process() throws IOException {
        MigratorConfig config = config();
        Path file = folder.resolve("worker.yaml");
        Files.writeString(
                file,
                """
                milvus: {address: 127.0.0.1, port: %d, tlsMode: 0}
                minio: {storageType: local, rootPath: %s, backupStorageType: local, backupRootPath: %s}
                repository: {url: "%s", user: %s, password: %s}
                """
                        .formatted(
                                config.milvus().port(),
                                config.milvusStorage().bucketName(),
                                config.vault().bucketName(),
                                postgres.url(),
                                postgres.user(),
                                postgres.password().reveal()));
        List<String> command = MigratorProcess.program();
        command.addAll(List.of("worker", "--threads=1", "--config", file.toString()));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("worker.log").toFile())
                .start();
        processes.add(process);
        return process;
    }

    public List<Map<String, Object>> query(String sql) {
        return PostgresServer.rows(postgres, sql);
    }

    private void execute(String sql) {
        PostgresServer.shared().execute(postgres.url().replaceFirst(".*/", ""), sql);
    }

    /** Of the tables of the one work of that job. */
    public String schema(JobKind job) {
        return String.valueOf(
                query("select schema_name from migrator.run where name like '%s-%%'".formatted(job.jobName()))
                        .get(0)
                        .get("schema_name"));
    }

    /** Counts from now on how often each row of that plan is recorded as done. */
    public Runnable counting(JobKind job) {
        return counting(job, "");
    }

    /** The same, and nothing is recorded before two workers are at work, whichever comes first, for a minute at most. */
    public Runnable countingOnceTwoWork(JobKind job) {
        return counting(
                job,
                " for tries in 1..600 loop exit when (select count(distinct worker) from %s.partition_report) > 1;"
                        + " perform pg_sleep(0.1); end loop;");
    }

    /** @param before what is done before a row is recorded */
    private Runnable counting(JobKind job, String before) {
        return () -> execute(("set search_path = %1$s; create table recorded (seq bigint);"
                        + " create function count_done() returns trigger language plpgsql as $$ begin"
                        + before.replace("%s", "%1$s")
                        + " insert into %1$s.recorded values (new.seq); return new; end $$;"
                        + " create trigger count_done after update on %2$s for each row"
                        + " when (new.state in ('DONE', 'COPIED')) execute function count_done()")
                .formatted(schema(job), plan(job)));
    }

    private static String plan(JobKind job) {
        return job == JobKind.VERIFY ? "verify_reading" : "copy_plan";
    }

    /** How often each row was recorded since that is counted. */
    public Map<Long, Long> recordings(JobKind job) {
        Map<Long, Long> times = new TreeMap<>();
        query("select seq, count(*) as n from %s.recorded group by seq".formatted(schema(job)))
                .forEach(row -> times.put((Long) row.get("seq"), (Long) row.get("n")));
        return times;
    }

    public void awaitRecorded(JobKind job, int rows) {
        Awaitility.await()
                .atMost(MOST)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> recordings(job).size() >= rows);
    }

    public void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(MOST).ignoreExceptions().until(condition);
    }

    /** A run waits for workers. */
    public void awaitOffer() {
        await(() -> !query("select 1 from migrator.offer").isEmpty());
    }

    public List<Map<String, Object>> workersSeen(JobKind job) {
        return query("select distinct worker from %s.partition_report".formatted(schema(job)));
    }

    /** Ends the sessions that hold requests: as where the network of a worker was cut, and it lives. */
    public boolean cutClaims(JobKind job) {
        return !query("select pg_terminate_backend(claim) from %s.partition_report where not ended"
                        .formatted(schema(job)))
                .isEmpty();
    }

    /** Files of the vault with that in their paths, in the order of these. */
    public List<Path> files(String under) {
        try (Stream<Path> files = Files.walk(ground.vaultFolder())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains(under))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What waits in the bucket of the target for its import. */
    List<Path> staged() {
        try (Stream<Path> files = Files.walk(Path.of(config().milvusStorage().bucketName()))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/migrator-staging/"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void requireRestored(List<String> collections) {
        assertThat(collections)
                .allSatisfy(name -> assertThat(ground.targetRows(name)).isEqualTo(ground.sourceRows(name)));
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        workers.forEach(WorkerThread::close);
        ground.close();
    }
}
