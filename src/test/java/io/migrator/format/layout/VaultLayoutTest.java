package io.migrator.format.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.Samples;
import io.migrator.format.meta.Binlog;
import io.migrator.format.meta.FieldBinlog;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.pool.RefsReader;
import io.migrator.format.pool.RefsWriter;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import io.migrator.format.pool.UnitTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultLayoutTest {
    private final VaultLayout layout = new VaultLayout("backup", "b");

    @ParameterizedTest
    @ValueSource(strings = {Samples.V0_4, Samples.V0_5})
    void findsEveryFileOfTheSamples(String sample) throws Exception {
        Path root = Path.of(
                Objects.requireNonNull(getClass().getResource("/samples")).toURI());
        VaultLayout own = new VaultLayout("", sample);

        TreeMap<String, Long> expected = new TreeMap<>();
        Samples.full(sample).collections().forEach(collection -> collection
                .partitions()
                .forEach(partition -> partition.segments().forEach(segment -> own.files(segment)
                        .forEach(file -> expected.put(file.key(), file.size())))));

        assertThat(expected).isEqualTo(filesUnder(root, root.resolve(sample + "/binlogs")));
    }

    @ParameterizedTest
    @CsvSource({"'', b/", "/, b/", "./, b/", "backup, backup/b/", "/a/b/, a/b/b/"})
    void joinsRootPathsAsMilvusBackupDoes(String root, String dir) {
        assertThat(new VaultLayout(root, "b").backupDir()).isEqualTo(dir);
    }

    @Test
    void leavesOutTheGroupWhereThereIsNone() {
        assertThat(keys(segment(3, 2, 0)))
                .containsExactly("backup/b/binlogs/insert_log/1/2/3/0/4", "backup/b/binlogs/delta_log/1/2/3/5");
    }

    @Test
    void keepsAGroupThatSegmentsShare() {
        assertThat(layout.insertGroupDir(segment(3, 2, 1)))
                .isEqualTo(layout.insertGroupDir(segment(9, 2, 1)))
                .isEqualTo("backup/b/binlogs/insert_log/1/2/1/");
        assertThat(keys(segment(3, 2, 1)))
                .containsExactly("backup/b/binlogs/insert_log/1/2/1/3/0/4", "backup/b/binlogs/delta_log/1/2/1/3/5");
    }

    @Test
    void givesSegmentsOfAllPartitionsNoGroup() {
        assertThat(layout.deltaLog(segment(7, -1, 7), 9)).isEqualTo("backup/b/binlogs/delta_log/1/-1/7/9");
    }

    /** An import names the unit, in which the segment is the only directory. */
    @Test
    void aPooledSegmentLiesInItsUnits() throws IOException {
        String digest = "0".repeat(32);
        Unit inserts = new Unit(1, 2, 3, Unit.Kind.INSERT, digest, "a".repeat(12));
        Unit deletes = new Unit(1, 2, 3, Unit.Kind.DELTA, digest, "b".repeat(12));
        VaultLayout pooled = layout.pooled(new PoolLayout("backup"), units(inserts, deletes));
        String data = "backup/migrator-pool/data/";

        assertThat(pooled.files(segment(3, 2, 3)).map(VaultFile::key))
                .containsExactly(data + inserts.path() + "/3/0/4", data + deletes.path() + "/3/5");
        assertThat(pooled.insertGroupDir(segment(3, 2, 3))).isEqualTo(data + inserts.path() + "/");
        assertThat(pooled.inManifest(data + inserts.path() + "/3/0/4")).isEqualTo(inserts.path() + "/3/0/4");
        assertThat(pooled.meta(MetaFile.FULL)).isEqualTo("backup/b/migrator/meta/full_meta.json");
        assertThat(pooled.owns(data + inserts.path() + "/3/0/4")).isTrue();
        assertThat(pooled.owns(data + inserts.path().replace("aaaa", "cccc") + "/3/0/4"))
                .isFalse();
        assertThat(pooled.collectionOf(data + deletes.path() + "/3/5")).isEqualTo(1);
    }

    private static UnitTable units(Unit... units) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (RefsWriter writer = new RefsWriter(out, "b".repeat(12))) {
            for (Unit unit : List.of(units).stream().sorted().toList()) {
                writer.write(new UnitRef(unit, 1, 1));
            }
            writer.finish();
        }
        return UnitTable.of(new RefsReader(new ByteArrayInputStream(out.toByteArray())));
    }

    private List<String> keys(SegmentInfo segment) {
        return layout.files(segment).map(VaultFile::key).toList();
    }

    private static SegmentInfo segment(long id, long partition, long group) {
        return new SegmentInfo(
                id,
                1,
                partition,
                1,
                List.of(new FieldBinlog(0, List.of(new Binlog("../../evil/insert_log/4", 1, 0)))),
                List.of(new FieldBinlog(77, List.of(new Binlog("files/delta_log/5", 1, 0)))),
                2,
                group,
                false,
                null,
                0);
    }

    private static TreeMap<String, Long> filesUnder(Path root, Path dir) throws IOException, URISyntaxException {
        TreeMap<String, Long> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.put(root.relativize(file).toString().replace('\\', '/'), Files.size(file));
            }
        }
        return found;
    }
}
