package io.migrator.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.config.StorageConfig.Side;
import io.migrator.failure.Failure;
import io.migrator.format.Samples;
import io.migrator.format.layout.VaultFile;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.LevelJoin;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.lab.LocalFolders;
import io.migrator.launch.RunOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups that the real milvus-backup made of a real Milvus 2.3.5, in a folder. */
class VerifySamplesTest {
    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {Samples.V0_4, Samples.V0_5})
    void areWhole(String sample) throws Exception {
        RunOutcome outcome = vault(sample).run("name=" + sample, "mode=deep");

        assertThat(outcome.failure()).as(outcome.message()).isNull();
        assertThat(outcome.report().facts())
                .containsEntry("made_by", "milvus-backup")
                .containsEntry("problems", 0L)
                .containsEntry("objects_read", outcome.report().facts().get("objects"))
                .containsEntry("objects_with_recorded_checksum", 0L);
        assertThat(outcome.message()).contains("Not proved", "milvus-backup keeps no checksums");
    }

    /** What migrator says of a backup's use makes it none of its own, and a proof leaves nothing behind. */
    @ParameterizedTest
    @ValueSource(strings = {Samples.V0_4, Samples.V0_5})
    void areWholeWhileTheyAreHeldAndRead(String sample) throws Exception {
        VerifyRuns runs = vault(sample);
        Path own = dir.resolve("vault").resolve(sample).resolve("migrator");
        Files.createDirectories(own.resolve("readers"));
        Files.writeString(own.resolve("hold.json"), "{\"reason\":\"audit\"}");
        Files.writeString(own.resolve("readers/killed.json"), "{}");

        RunOutcome outcome = runs.run("name=" + sample);

        assertThat(outcome.failure()).as(outcome.message()).isNull();
        assertThat(outcome.report().facts()).containsEntry("made_by", "milvus-backup");
        try (Stream<Path> files = Files.walk(own).filter(Files::isRegularFile)) {
            assertThat(files.filter(file -> !file.getFileName().toString().startsWith(".migrator-lock-")))
                    .hasSize(2);
        }
    }

    @Test
    void tellWhatIsNoLogOfItsSegment() throws Exception {
        VerifyRuns runs = vault(Samples.V0_5);
        List<Path> logs = logs("insert_log");
        Path one = logs.get(0);
        Path other = logs.stream()
                .filter(log -> !log.equals(one) && size(log) == size(one))
                .findFirst()
                .orElseThrow();
        Files.write(one, Files.readAllBytes(other));
        Path torn = logs("delta_log").get(0);
        byte[] content = Files.readAllBytes(torn);
        content[content.length - 6] ^= 0x10;
        Files.write(torn, content);

        RunOutcome fast = runs.run("name=" + Samples.V0_5);
        RunOutcome deep = runs.run("name=" + Samples.V0_5, "mode=deep");

        assertThat(fast.failure()).as(fast.message()).isNull();
        assertThat(deep.failure()).isEqualTo(Failure.CORRUPT);
        assertThat(VerifyRuns.damage(deep))
                .hasSize(2)
                .allSatisfy(damage -> assertThat(damage).containsEntry("kind", "envelope"))
                .extracting(damage -> damage.get("object"))
                .containsExactlyInAnyOrder(key(one), key(torn));
        assertThat(deep.message()).contains("Still restorable: collection default.pk");
    }

    @Test
    void tellMetasThatBeginWithZeros() throws Exception {
        VerifyRuns runs = vault(Samples.V0_5);
        List<MetaFile> levels = LevelJoin.FILES;
        for (MetaFile file : levels) {
            putZerosBefore(meta(file));
        }
        RunOutcome outcome = runs.run("name=" + Samples.V0_5);
        putZerosBefore(meta(MetaFile.FULL));
        RunOutcome withFull = runs.run("name=" + Samples.V0_5);

        assertThat(List.of(outcome, withFull)).allSatisfy(run -> {
            assertThat(run.failure()).as(run.message()).isEqualTo(Failure.CORRUPT);
            assertThat(VerifyRuns.damage(run))
                    .allSatisfy(damage -> assertThat(damage).containsEntry("kind", "meta damaged"));
        });
        assertThat(VerifyRuns.damage(outcome)).hasSize(levels.size());
        assertThat(VerifyRuns.damage(withFull)).hasSize(MetaFile.values().length);
    }

    private static void putZerosBefore(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        Files.write(
                file, ByteBuffer.allocate(content.length + 3).put(3, content).array());
    }

    @Test
    void tellRowsOfWhichNoFileIsNamed() throws Exception {
        VerifyRuns runs = vault(Samples.V0_5);
        BackupInfo sample = Samples.full(Samples.V0_5);
        SegmentInfo segment =
                sample.collections().get(0).partitions().get(0).segments().get(0);
        for (MetaFile file : MetaFile.values()) {
            String text = Files.readString(meta(file));
            Files.writeString(
                    meta(file),
                    text.replaceAll(
                            "(\"segment_id\":" + segment.segmentId() + ",[^\\[]*\"binlogs\":\\[).*?(\\],\"deltalogs\")",
                            "$1$2"));
        }
        VaultLayout layout = new VaultLayout("", Samples.V0_5);
        List<VaultFile> files = layout.insertFiles(segment).toList();
        for (VaultFile file : files) {
            Files.delete(dir.resolve("vault").resolve(file.key()));
        }

        for (String mode : List.of("fast", "deep")) {
            RunOutcome outcome = runs.run("name=" + Samples.V0_5, "mode=" + mode);

            assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.CORRUPT);
            assertThat(VerifyRuns.damage(outcome)).singleElement().satisfies(damage -> assertThat(damage)
                    .containsEntry("kind", "files not named")
                    .containsEntry("object", layout.insertSegmentDir(segment)));
        }
    }

    /** In all metas alike: only their sums tell. */
    @Test
    void tellSizesThatDoNotAddUp() throws Exception {
        VerifyRuns runs = vault(Samples.V0_5);
        BackupInfo sample = Samples.full(Samples.V0_5);
        long collection = sample.collections().get(0).size();
        for (MetaFile file : MetaFile.values()) {
            Files.writeString(
                    meta(file),
                    Files.readString(meta(file))
                            .replace("\"size\":" + collection, "\"size\":" + (collection + 7))
                            .replace("\"size\":" + sample.size(), "\"size\":" + (sample.size() + 7)));
        }

        for (String mode : List.of("fast", "deep")) {
            RunOutcome outcome = runs.run("name=" + Samples.V0_5, "mode=" + mode);

            assertThat(outcome.failure()).as(outcome.message()).isEqualTo(Failure.CORRUPT);
            assertThat(VerifyRuns.damage(outcome)).singleElement().satisfies(damage -> assertThat(damage)
                    .containsEntry("kind", "metas disagree"));
        }
    }

    @Test
    void promiseNothingWhereDeletesOfAllPartitionsAreLost() throws Exception {
        VerifyRuns runs = vault(Samples.V0_5);
        VaultLayout layout = new VaultLayout("", Samples.V0_5);
        long collection = Samples.full(Samples.V0_5).collections().get(0).collectionId();
        Files.delete(meta(MetaFile.FULL));
        RunOutcome rebuilt = runs.run("name=" + Samples.V0_5);
        Path deletes = dir.resolve("vault")
                .resolve(layout.deltaPartitionDir(collection, VaultLayout.ALL_PARTITIONS))
                .resolve("7/8");
        Files.createDirectories(deletes.getParent());
        Files.write(deletes, new byte[9]);
        RunOutcome lost = runs.run("name=" + Samples.V0_5);

        assertThat(rebuilt.message()).contains("Still restorable: collections default.");
        assertThat(lost.failure()).isEqualTo(Failure.CORRUPT);
        assertThat(lost.message()).contains("Nothing of it can be restored as it is");
    }

    private Path meta(MetaFile file) {
        return dir.resolve("vault").resolve(new VaultLayout("", Samples.V0_5).meta(file));
    }

    private VerifyRuns vault(String sample) throws IOException, URISyntaxException {
        LocalFolders lab = new LocalFolders(dir);
        lab.createBucket("vault");
        Path from = Path.of(Objects.requireNonNull(VerifySamplesTest.class.getResource("/samples/" + sample))
                .toURI());
        Path to = dir.resolve("vault").resolve(sample);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return new VerifyRuns(lab.storage(Side.VAULT, "vault", ""), dir.resolve("state"));
    }

    private List<Path> logs(String kind) throws IOException {
        try (Stream<Path> files = Files.walk(dir.resolve("vault"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/" + kind + "/"))
                    .sorted()
                    .toList();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String key(Path file) {
        return dir.resolve("vault").relativize(file).toString();
    }
}
