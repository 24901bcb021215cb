package io.migrator.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.cli.CliRun;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.Lease;
import io.migrator.format.own.Marker;
import io.migrator.format.own.OwnJson;
import io.migrator.launch.Launcher;
import io.migrator.launch.Termination;
import io.migrator.lease.ProcessMark;
import io.migrator.restore.RepeatGround;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the list says of backups beside their files: order, proofs, who is at work. */
class ListedBackupTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    Path dir;

    @Test
    void isByTimeWithRowsProofsAndWhoIsAtWork() throws IOException {
        try (RepeatGround ground = RepeatGround.in(dir)) {
            ground.fill("book", 0);
            config(ground);
            run("--job=backup", "collection=book", "name=zz");
            run("--job=backup", "collection=book", "name=aa");
            run("--job=verify", "name=zz", "mode=deep");
            try (Stream<Path> files = Files.walk(ground.vaultFolder().resolve("aa"))) {
                Files.delete(files.filter(file -> file.toString().contains("insert_log") && Files.isRegularFile(file))
                        .findFirst()
                        .orElseThrow());
            }
            run("--job=verify", "name=aa");
            ProcessMark here = ProcessMark.look();
            incomplete(
                    ground,
                    "going",
                    here.machine(),
                    here.start(),
                    ProcessHandle.current().pid());
            incomplete(
                    ground,
                    "left",
                    here.machine(),
                    here.start() + 1,
                    ProcessHandle.current().pid());

            List<String> lines = run("list").text().lines().toList();
            assertThat(lines.stream().map(line -> line.replaceFirst(" .*", "")))
                    .containsExactly("NAME", "going", "left", "zz", "aa");
            assertThat(lines.get(1))
                    .contains("RUNNING", "backup running on host-a (pid ", "since 2020-01-01T00:00:00Z");
            assertThat(lines.get(2)).contains("INTERRUPTED").doesNotContain("running on");
            assertThat(lines.get(3)).contains("complete", "60", "(deep)").doesNotContain("DAMAGED");
            assertThat(lines.get(4)).contains("complete", "DAMAGED", "(fast)");

            List<JsonNode> backups = new ArrayList<>();
            new ObjectMapper()
                    .readTree(run("list", "--output=json").text())
                    .path("backups")
                    .forEach(backups::add);
            assertThat(backups)
                    .extracting(one -> one.path("state").asText())
                    .containsExactly("incomplete", "incomplete", "complete", "complete");
            assertThat(backups.get(0).path("running").asBoolean()).isTrue();
            assertThat(backups.get(1).path("running").asBoolean()).isFalse();
            assertThat(backups.get(2).path("last_proof").path("damaged").asBoolean())
                    .isFalse();
            assertThat(backups.get(3).path("last_proof").path("damaged").asBoolean())
                    .isTrue();
            assertThat(backups.get(3).path("rows").asLong()).isEqualTo(60);
        }
    }

    /** A proof says nothing of a backup that was made under the same name since. */
    @Test
    void aProofIsOfTheBackupOfItsDay() throws IOException {
        try (RepeatGround ground = RepeatGround.in(dir)) {
            ground.fill("book", 0);
            config(ground);
            run("--job=backup", "collection=book", "name=n");
            run("--job=verify", "name=n");
            assertThat(run("list").text()).contains("(fast)");
            run("delete", "n");
            run("--job=backup", "collection=book", "name=n");

            assertThat(run("list").text()).contains("complete").doesNotContain("(fast)");
            assertThat(run("history", "n").text().lines().limit(5)).hasSize(5);
        }
    }

    /** That program leaves no sign of whether it is still at work. */
    @Test
    void oneOfMilvusBackupIsNotSaidToBeInterrupted() throws IOException {
        try (RepeatGround ground = RepeatGround.in(dir)) {
            config(ground);
            Path meta = Files.createDirectories(ground.vaultFolder().resolve("mb/meta"));
            Files.writeString(meta.resolve("segment_meta.json"), "{}");

            assertThat(run("list").text()).contains("INCOMPLETE").doesNotContain("INTERRUPTED");
        }
    }

    private static void incomplete(RepeatGround ground, String name, String machine, long start, long pid)
            throws IOException {
        VaultLayout layout = new VaultLayout("", name);
        Path marker = ground.vaultFolder().resolve(layout.marker());
        Files.createDirectories(marker.getParent());
        Files.write(
                marker,
                OwnJson.write(new Marker("r", "i", "migrator", "1", "host-a", pid, LONG_AGO, "a/files", false)));
        Files.write(
                ground.vaultFolder().resolve(layout.lease()),
                OwnJson.write(new Lease(
                        "r", "t", "backup", "1", "host-a", pid, machine, start, 1, LONG_AGO, LONG_AGO, 10_000, false)));
    }

    private void config(RepeatGround ground) throws IOException {
        Files.writeString(
                dir.resolve("backup.yaml"),
                """
                milvus: {address: 127.0.0.1, port: %d, tlsMode: 0}
                minio: {storageType: local, rootPath: %s, backupStorageType: local, backupRootPath: %s}
                backup: {gcPause: {enable: false}}
                """
                        .formatted(ground.source().config().port(), dir.resolve("a"), ground.vaultFolder()));
    }

    private CliRun run(String... words) {
        CliRun run = new CliRun();
        run.run(dir, Map.of(), (request, progress) -> new Launcher(request, progress, new Termination()).run(), words);
        return run;
    }
}
