package io.migrator.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.cli.CliRun;
import io.migrator.failure.MigratorException;
import io.migrator.lab.FixedAnswer;
import io.migrator.launch.Launcher;
import io.migrator.launch.RunOutcome;
import io.migrator.launch.Termination;
import io.migrator.launch.request.JobRequest;
import io.migrator.milvus.MilvusTarget;
import io.migrator.milvus.calls.Endpoints;
import io.migrator.milvus.connect.Milvus;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import io.migrator.store.ObjectStore;
import io.migrator.store.connect.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No input that stands in a file, a variable or an argument ends with 1: from the configuration to the first request to
 * both stores and to Milvus. {@code -Dfuzz.executions=100000} and {@code -Dfuzz.seed=} make it long.
 */
class WholeWayFuzzIT {
    private static final int SHORT = 100;
    private static final long SEED = 20261129;
    private static final int USUAL_END = 130;

    @TempDir
    private Path folder;

    @Test
    void nothingThatAUserCanWriteIsABug() throws IOException {
        int executions = Integer.getInteger("fuzz.executions", SHORT);
        Random random = new Random(Long.getLong("fuzz.seed", SEED));
        Map<Integer, Integer> ends = new TreeMap<>();
        List<String> findings = new ArrayList<>();
        long begin = System.nanoTime();
        try (FixedAnswer server = new FixedAnswer()) {
            server.set(403, Duration.ZERO, Map.of(), "");
            for (int i = 0; i < executions && findings.size() < 20; i++) {
                ConfigurationInput input = ConfigurationInput.next(random, folder, server.port());
                String told = run(input, ends);
                if (!told.isEmpty()) {
                    findings.add("%s%n  of %s".formatted(told, input));
                }
            }
            System.out.printf(
                    "configuration to first request: %d executions, %d requests in %.1f s, ends %s%n",
                    executions, server.requests(), (System.nanoTime() - begin) / 1e9, ends);
        }

        assertThat(findings).isEmpty();
        assertThat(ends)
                .as("some get to the first request, some are refused before")
                .containsKeys(0, 2, 12);
    }

    /** What is wrong with how it ended; empty where nothing is. */
    private String run(ConfigurationInput input, Map<Integer, Integer> ends) {
        CliRun run = new CliRun();
        try {
            int code = run.run(
                    folder,
                    input.variables(),
                    WholeWayFuzzIT::begun,
                    input.words().toArray(String[]::new));
            ends.merge(code, 1, Integer::sum);
            boolean told = code == 0 || !run.errorText().isBlank();
            return code == 1 || code < 0 || code > USUAL_END || !told ? code + ": " + run.errorText() : "";
        } catch (RuntimeException | Error e) {
            return "thrown: " + e;
        }
    }

    /** The whole job, in its state folder; and what it would ask after a first answer that it never gets. */
    private static RunOutcome begun(JobRequest request, Progress progress) {
        RunOutcome asked = asked(request);
        RunOutcome run = new Launcher(request, progress, new Termination()).run();
        return run.failure() == null ? asked : run;
    }

    private static RunOutcome asked(JobRequest request) {
        try (ObjectStore bucket = Stores.open(request.config().milvusStorage());
                ObjectStore vault = Stores.open(request.config().vault());
                MilvusTarget milvus = Milvus.target(request.config().milvus())) {
            List<Runnable> requests = List.of(
                    bucket::requireReachable,
                    vault::requireReachable,
                    () -> Endpoints.rest(request.config().milvus()));
            assertThat(milvus).isNotNull();
            MigratorException last = null;
            for (Runnable ask : requests) {
                try {
                    ask.run();
                } catch (MigratorException e) {
                    last = e;
                }
            }
            return last == null ? new RunOutcome(null, "", new RunReport(), null) : failed(last);
        } catch (MigratorException e) {
            return failed(e);
        }
    }

    private static RunOutcome failed(MigratorException fault) {
        return new RunOutcome(fault.failure(), String.valueOf(fault.getMessage()), new RunReport(), fault);
    }
}
