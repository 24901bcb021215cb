package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.migrator.format.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proof that is killed or stopped goes on where it was; one that ended begins anew. The vault is a folder. */
final class VerifyKillIT {
    /** The sample has 67 KB, so that it takes some seconds. */
    private static final String[] SLOW = {
        "--job=verify",
        "name=" + Samples.V0_5,
        "mode=deep",
        "chunk=1",
        "in-flight=1",
        "max-bytes-per-second=15K",
        "--output=json"
    };

    private static final String[] FAST = {"verify", "-n", Samples.V0_5, "--mode", "deep", "chunk=1", "--output=json"};

    @TempDir
    Path folder;

    private final Set<FileTime> written = new HashSet<>();

    private Desk desk;

    @BeforeEach
    void putSample() throws IOException {
        Path vault = folder.resolve("vault");
        for (Map.Entry<String, byte[]> file : SampleFiles.of(Samples.V0_5).entrySet()) {
            Path target = vault.resolve(Samples.V0_5).resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("milvus.address", "127.0.0.1");
        settings.put("milvus.port", "1");
        settings.put("minio.storageType", "local");
        settings.put("minio.rootPath", vault.toString());
        settings.put("minio.backupStorageType", "local");
        settings.put("minio.backupRootPath", vault.toString());
        desk = Desk.at(folder.resolve("desk"), settings);
    }

    @Test
    void goesOnAfterAKill() throws IOException {
        long whole = readIn(desk.runHere(FAST));
        readUntilKilled();

        Outcome rest = desk.runHere(FAST);

        assertThat(readIn(rest)).as("read by both together").isEqualTo(whole);
        assertThat(toRead(rest)).as("left for the second").isBetween(1L, whole - 1);
        assertThat(toRead(desk.runHere(FAST))).as("a new proof").isEqualTo(whole);
    }

    @Test
    void beginsAnewWhereTheListingHadFoundDamage() throws IOException {
        Path lost = oneLog();
        byte[] content = Files.readAllBytes(lost);
        Files.delete(lost);
        readUntilKilled();
        content[content.length - 6] ^= 0x10;
        Files.write(lost, content);

        Outcome rest = desk.runHere(FAST);

        assertThat(rest).returns(20, Outcome::exitCode);
        assertThat(rest.output()).contains(lost.getFileName().toString());
    }

    @Test
    void stopsOnRequestAndGoesOn() throws IOException {
        Outcome stopped;
        try (MigratorProcess process = desk.start(SLOW)) {
            assertThat(process.awaitStage("read", "began")).isTrue();
            process.terminate();
            stopped = process.end();
        }

        assertThat(stopped).returns(4, Outcome::exitCode);
        assertThat(desk.runHere(FAST)).returns(0, Outcome::exitCode);
    }

    private void readUntilKilled() {
        try (MigratorProcess process = desk.start(SLOW)) {
            assertThat(process.awaitStage("read", "began")).isTrue();
            assertThat(process.awaitUnlessEnded("checkpoints", this::severalCommits, Duration.ofMillis(5)))
                    .isTrue();
            assertThat(process.kill()).isTrue();
        }
    }

    private Path oneLog() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("vault"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/delta_log/"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Whether the job database was written at several moments since this was asked first. */
    private boolean severalCommits() {
        try (Stream<Path> files = Files.list(desk.state())) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".mv.db")).toList()) {
                written.add(Files.getLastModifiedTime(file));
            }
            return written.size() > 4;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long readIn(Outcome outcome) throws IOException {
        assertThat(outcome).returns(0, Outcome::exitCode);
        List<String> lines = outcome.out();
        JsonNode summary = new JsonMapper().readTree(lines.get(lines.size() - 1));
        return summary.required("objects_read").asLong();
    }

    /** What the run set out to read. */
    private static long toRead(Outcome outcome) throws IOException {
        for (String line : outcome.out()) {
            JsonNode message = new JsonMapper().readTree(line);
            if (message.path("stage").asText().equals("read")) {
                return message.path("objects_total").asLong()
                        - message.path("objects_done").asLong();
            }
        }
        throw new AssertionError("nothing was read: " + outcome);
    }
}
