package io.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.migrator.launch.RunOutcome;
import io.migrator.report.RunReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port that takes connections and never answers: no word is silent meanwhile. */
class SilentServerTest {
    @TempDir
    private Path folder;

    @Test
    void everyWordSaysThatItWaits() throws IOException {
        List<CliRun> runs = new ArrayList<>();
        List<CompletableFuture<Integer>> ends = new ArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            for (String words : List.of("list", "get -n b", "delete -n b", "check")) {
                CliRun run = new CliRun();
                runs.add(run);
                ends.add(CompletableFuture.supplyAsync(() -> run(run, silent.getLocalPort(), words)));
            }
            for (CliRun run : runs) {
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> run.errorText().contains(": at work for "));
            }
        }
        for (CliRun run : runs) {
            assertThat(run.errorText()).contains("127.0.0.1:");
        }
        ends.forEach(end -> assertThat(end.join()).isEqualTo(5));
    }

    private int run(CliRun run, int port, String words) {
        List<String> all = new ArrayList<>(List.of(words.split(" ")));
        for (String set : List.of("minio.address=127.0.0.1", "minio.port=" + port, "milvus.port=" + port)) {
            all.add("--set=" + set);
        }
        return run.run(
                folder,
                Map.of(),
                (request, progress) -> new RunOutcome(null, "", new RunReport(), null),
                all.toArray(String[]::new));
    }
}
