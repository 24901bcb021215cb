package io.migrator.restore.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.layout.PoolLayout;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.Binlog;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.FieldBinlog;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SchemaInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.format.pool.RefsReader;
import io.migrator.format.pool.RefsWriter;
import io.migrator.format.pool.Unit;
import io.migrator.format.pool.UnitRef;
import io.migrator.format.pool.UnitTable;
import io.migrator.milvus.ImportOrder.Dirs;
import io.migrator.milvus.calls.ServerVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

public class ImportPlannerTest {
    private static final String INSERTS = "vault/b/binlogs/insert_log/9/7/";
    private static final String DELETES = "vault/b/binlogs/delta_log/9/7/";

    @Test
    void putsManySegmentsIntoAJobOfTheirChannelAndStorageVersion() {
        List<SegmentInfo> segments = Stream.concat(
                        LongStream.range(1, 301).mapToObj(id -> segment(id, id, "ch-0", 0, id == 1)),
                        LongStream.range(301, 311).mapToObj(id -> segment(id, id, "ch-1", 2, false)))
                .toList();

        List<ImportBin> bins = plan("2.6.11", true, segments, List.of());

        assertThat(bins).extracting(bin -> bin.segments().size()).containsExactly(256, 44, 10);
        assertThat(bins).extracting(ImportBin::storageVersion).containsExactly(0L, 0L, 2L);
        assertThat(bins).noneMatch(ImportBin::staged);
        assertThat(bins.get(0).dirs().subList(0, 2))
                .containsExactly(new Dirs(INSERTS + "1/", DELETES + "1/"), new Dirs(INSERTS + "2/", ""));
    }

    /** As {@code restore.maxSegmentsPerImportJob} says. */
    @Test
    void putsNoMoreSegmentsIntoAJobThanIsConfigured() {
        List<SegmentInfo> segments = LongStream.range(1, 11)
                .mapToObj(id -> segment(id, id, "ch-0", 0, false))
                .toList();

        assertThat(plan(4, "2.6.11", true, segments, List.of()))
                .extracting(bin -> bin.segments().size())
                .containsExactly(4, 4, 2);
    }

    @Test
    void namesADirectoryThatSegmentsShareOnce() {
        List<SegmentInfo> shared =
                List.of(segment(1, 50, null, 0, false), segment(2, 50, null, 0, true), segment(3, 51, null, 0, false));

        List<ImportBin> bins = plan("2.4.15", true, shared, List.of());

        assertThat(bins).singleElement().satisfies(bin -> assertThat(bin.dirs())
                .containsExactly(new Dirs(INSERTS + "50/", DELETES + "50/"), new Dirs(INSERTS + "51/", "")));
    }

    @Test
    void namesThePartitionWhereThereAreNoGroups() {
        List<SegmentInfo> bare = List.of(segment(1, 0, null, 0, false), segment(2, 0, null, 0, true));

        assertThat(plan("2.4.15", true, bare, List.of())).singleElement().satisfies(bin -> assertThat(bin.dirs())
                .containsExactly(new Dirs(INSERTS, DELETES)));
    }

    @Test
    void stagesWhatADirectoryHasTooManySegmentsFor() {
        List<SegmentInfo> many = LongStream.range(0, 1025)
                .mapToObj(id -> segment(id + 1, 0, null, 0, false))
                .toList();

        List<ImportBin> bins = plan("2.4.15", true, many, List.of());

        assertThat(bins)
                .hasSize(5)
                .allMatch(ImportBin::staged)
                .allMatch(bin -> bin.segments().size() <= 256);
        assertThat(bins).extracting(ImportBin::place).doesNotHaveDuplicates();
    }

    @Test
    void sendsDeletesLastAndSeveralTogetherSince265() {
        List<SegmentInfo> segments =
                List.of(segment(1, 1, null, 0, false), level0(2, 7), level0(3, 7), segment(4, 4, null, 0, false));
        List<SegmentInfo> everywhere = List.of(level0(5, -1));

        List<ImportBin> old = plan("2.6.4", true, segments, everywhere);
        List<ImportBin> newer = plan("2.6.5", true, segments, everywhere);

        assertThat(old).extracting(ImportBin::turn).containsExactly(0, 1, 1, 2);
        assertThat(newer).extracting(ImportBin::turn).containsExactly(0, 1, 2);
        assertThat(newer.get(1).dirs()).containsExactly(new Dirs("", DELETES + "2/2/"), new Dirs("", DELETES + "3/3/"));
        assertThat(newer.get(2).partition()).isEmpty();
        assertThat(newer.get(2).dirs()).containsExactly(new Dirs("", "vault/b/binlogs/delta_log/9/-1/5/"));
        assertThat(newer.get(2).rows()).isZero();
    }

    @Test
    void stagesEverythingWhereMilvusDoesNotReadTheVault() {
        List<SegmentInfo> segments = List.of(segment(1, 1, null, 0, true), level0(2, 7));

        assertThat(plan("2.5.10", false, segments, List.of()))
                .allMatch(ImportBin::staged)
                .extracting(bin -> bin.dirs().get(0))
                .containsExactly(
                        new Dirs("stage/insert_log/9/7/0/", "stage/delta_log/9/7/0/"),
                        new Dirs("", "stage/l0/delta_log/9/7/2/"));
    }

    @Test
    void givesMilvus23OneDirectoryAJob() {
        List<SegmentInfo> segments = List.of(segment(1, 1, null, 0, false), segment(2, 2, null, 0, true));

        assertThat(plan("2.3.5", true, segments, List.of())).singleElement().satisfies(bin -> assertThat(bin.dirs())
                .containsExactly(new Dirs(INSERTS, DELETES)));
    }

    /** Beside this backup's units lie those of others: whoever names a directory above one imports them, too. */
    @Test
    void namesUnitsOfThePoolAndNothingAboveThem() {
        List<SegmentInfo> segments = List.of(
                segment(1, 1, null, 0, true),
                segment(2, 2, null, 0, false),
                segment(3, 0, null, 0, false),
                level0(4, 7));
        List<SegmentInfo> everywhere = List.of(level0(5, -1));

        List<ImportBin> bins = pooled("2.6.11", segments, everywhere);

        assertThat(bins).extracting(ImportBin::turn).containsExactly(0, 1, 2);
        assertThat(bins).noneMatch(ImportBin::staged);
        assertThat(bins.get(0).dirs())
                .containsExactly(
                        new Dirs(unit(7, 1, "i"), unit(7, 1, "d")),
                        new Dirs(unit(7, 2, "i"), ""),
                        new Dirs(unit(7, 3, "i"), ""));
        assertThat(bins.get(1).dirs()).containsExactly(new Dirs("", unit(7, 4, "d") + "4/"));
        assertThat(bins.get(2).dirs()).containsExactly(new Dirs("", unit(-1, 5, "d") + "5/"));
    }

    @Test
    void givesMilvus23LargeUnitsInPlaceAndStagesSmallOnesTogether() {
        SegmentInfo large = new SegmentInfo(3, 9, 7, 10, List.of(), List.of(), 64 << 20, 3, false, null, 0);
        List<SegmentInfo> segments = List.of(segment(1, 1, null, 0, true), segment(2, 2, null, 0, false), large);

        List<ImportBin> bins = pooled("2.3.5", segments, List.of());

        assertThat(bins).extracting(ImportBin::staged).containsExactlyInAnyOrder(true, false);
        assertThat(bins).filteredOn(bin -> !bin.staged()).singleElement().satisfies(bin -> assertThat(bin.dirs())
                .containsExactly(new Dirs(unit(7, 3, "i"), "")));
        assertThat(bins).filteredOn(ImportBin::staged).singleElement().satisfies(bin -> assertThat(bin.segments())
                .hasSize(2));
    }

    private static String unit(long partition, long segment, String kind) {
        return "vault/migrator-pool/data/9/%d/%d/%s%s-%s/"
                .formatted(partition, segment, kind, "0".repeat(32), "0".repeat(12));
    }

    private static List<ImportBin> pooled(String version, List<SegmentInfo> segments, List<SegmentInfo> level0) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (RefsWriter refs = new RefsWriter(out, "0".repeat(12))) {
                List<Unit> units = Stream.concat(segments.stream(), level0.stream())
                        .flatMap(segment -> Stream.of(Unit.Kind.values())
                                .filter(kind ->
                                        kind == Unit.Kind.INSERT ? !segment.level0() : ImportBin.hasDeletes(segment))
                                .map(kind -> new Unit(
                                        9,
                                        segment.partitionId(),
                                        segment.segmentId(),
                                        kind,
                                        "0".repeat(32),
                                        "0".repeat(12))))
                        .sorted()
                        .toList();
                for (Unit unit : units) {
                    refs.write(new UnitRef(unit, 1, 1));
                }
                refs.finish();
            }
            UnitTable table = UnitTable.of(new RefsReader(new ByteArrayInputStream(out.toByteArray())));
            VaultLayout layout = new VaultLayout("vault", "b").pooled(new PoolLayout("vault"), table);
            return new ImportPlanner(ServerVersion.parse(version), true, layout, "stage/", 256)
                    .plan(collection(segments, level0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ImportBin> plan(
            String version, boolean inPlace, List<SegmentInfo> segments, List<SegmentInfo> level0) {
        return plan(256, version, inPlace, segments, level0);
    }

    private static List<ImportBin> plan(
            int most, String version, boolean inPlace, List<SegmentInfo> segments, List<SegmentInfo> level0) {
        return new ImportPlanner(ServerVersion.parse(version), inPlace, new VaultLayout("vault", "b"), "stage/", most)
                .plan(collection(segments, level0));
    }

    public static CollectionInfo collection(List<SegmentInfo> segments, List<SegmentInfo> level0) {
        return new CollectionInfo(
                null,
                9,
                "default",
                "coll",
                new SchemaInfo("coll", null, false, List.of(), false, List.of(), List.of(), List.of()),
                1,
                0,
                List.of(new PartitionInfo(7, "_default", 9, segments, 0, null)),
                0,
                0,
                false,
                List.of(),
                null,
                0,
                Map.of(),
                level0,
                List.of(),
                0,
                0,
                List.of(),
                List.of(),
                List.of());
    }

    private static SegmentInfo segment(long id, long group, @Nullable String channel, long storage, boolean deletes) {
        List<FieldBinlog> deltas =
                deletes ? List.of(new FieldBinlog(0, List.of(new Binlog("d/" + id, 10, id)))) : List.of();
        return new SegmentInfo(id, 9, 7, 10, List.of(), deltas, 100, group, false, channel, storage);
    }

    private static SegmentInfo level0(long id, long partition) {
        List<FieldBinlog> deltas = List.of(new FieldBinlog(0, List.of(new Binlog("d/" + id, 10, id))));
        return new SegmentInfo(id, 9, partition, 0, List.of(), deltas, 10, partition < 0 ? 0 : id, true, null, 0);
    }
}
