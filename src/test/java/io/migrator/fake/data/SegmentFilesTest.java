package io.migrator.fake.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.BinlogFile;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.DeltaLog;
import io.migrator.format.ParquetFooter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the double writes, read again by the double and by migrator. */
class SegmentFilesTest {
    private static final SegmentIds IDS = new SegmentIds("files", 449, 450, 451);

    private final Map<String, byte[]> bucket = new TreeMap<>();

    @Test
    void migratorReadsTheFilesOfEveryType() throws DamagedMetaException {
        WrittenSegment segment =
                writer().write(IDS, SegmentContent.of(11, 100, 7).withLogs(2));

        assertThat(segment.rows()).isEqualTo(11);
        assertThat(segment.insertLogs()).hasSize(TypedSchemas.everyType().getFieldsCount() + 3);
        assertThat(bucket).hasSize(2 * segment.insertLogs().size());
        for (Map.Entry<Long, List<Long>> field : segment.insertLogs().entrySet()) {
            long rows = 0;
            for (long log : field.getValue()) {
                BinlogFile file = BinlogFile.parse(bucket.get(IDS.insertLog(field.getKey(), log)));
                assertThat(file.collectionId()).isEqualTo(449);
                assertThat(file.partitionId()).isEqualTo(450);
                assertThat(file.segmentId()).isEqualTo(451);
                assertThat(file.from()).isGreaterThanOrEqualTo(SegmentContent.SOME_TIME + 100);
                assertThat(file.to()).isGreaterThanOrEqualTo(file.from());
                rows += file.rows();
            }
            assertThat(rows).isEqualTo(11);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void readsTheValuesThatItWrote(int storageVersion) {
        writer().write(IDS, SegmentContent.of(11, 100, 7).withLogs(3).withStorageVersion(storageVersion));

        SegmentData data = data();
        FieldValues values = new FieldValues(7);
        FieldList.of(TypedSchemas.everyType()).stream()
                .filter(field -> field.getFieldID() > FieldList.TIMESTAMP)
                .forEach(field -> {
                    List<Object> expected = new ArrayList<>();
                    for (int row = 0; row < 11; row++) {
                        expected.add(values.of(field, 100 + row));
                    }
                    assertThat(data.column(field.getFieldID()).values())
                            .as(field.getName())
                            .usingRecursiveComparison()
                            .isEqualTo(expected);
                });
        assertThat(data.column(FieldList.TIMESTAMP).values().get(3)).isEqualTo(SegmentContent.SOME_TIME + 103);
    }

    @Test
    void packsNarrowColumnsIntoOneGroup() throws DamagedMetaException {
        WrittenSegment segment = writer().write(IDS, SegmentContent.of(5, 0, 1).withStorageVersion(2));

        assertThat(segment.insertLogs()).containsKey(0L).hasSizeLessThan(10);
        for (byte[] file : bucket.values()) {
            assertThat(ParquetFooter.read(ByteBuffer.wrap(file)).rows()).isEqualTo(5);
        }
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        writer().write(IDS, SegmentContent.of(20, 0, 3).withDeletes(2, DeltaForm.JSON));
        Map<String, byte[]> first = new TreeMap<>(bucket);
        bucket.clear();
        writer().write(IDS, SegmentContent.of(20, 0, 3).withDeletes(2, DeltaForm.JSON));

        assertThat(bucket.keySet()).isEqualTo(first.keySet());
        bucket.forEach((key, content) -> assertThat(content).as(key).isEqualTo(first.get(key)));
        bucket.clear();
        writer().write(IDS, SegmentContent.of(20, 0, 4));
        assertThat(first.values()).noneMatch(old -> Arrays.equals(old, bucket.get(IDS.insertLog(101, 4))));
    }

    @ParameterizedTest
    @EnumSource(DeltaForm.class)
    void migratorAndTheDoubleReadEveryFormOfDeletes(DeltaForm form) throws DamagedMetaException {
        List<Deletion> texts = List.of(new Deletion("a\"b", 5L << 40), new Deletion("c", 6L << 40));
        List<Deletion> numbers = List.of(new Deletion(-3L, 5L << 40), new Deletion(Long.MAX_VALUE, 6L << 40));
        for (List<Deletion> deletions : List.of(texts, numbers)) {
            byte[] file = DeltaLogs.write(IDS, form, deletions);
            assertThat(DeltaLog.entries(file)).hasValue(2);
            assertThat(DeltaLogs.read(file)).isEqualTo(deletions);
        }
    }

    @Test
    void deletesTakeOlderRowsOnly() {
        writer().write(IDS, SegmentContent.of(10, 0, 1));
        long time = SegmentContent.SOME_TIME;
        SegmentData data = data();
        long key = FieldList.primaryKey(TypedSchemas.everyType()).getFieldID();

        List<Deletion> deletions = List.of(
                writer().deletion(0, time + 50),
                writer().deletion(1, time),
                writer().deletion(2, time + 2),
                writer().deletion(99, time + 50));

        assertThat(data.without(deletions, key, 0, Long.MAX_VALUE).rows()).isEqualTo(9);
        assertThat(data.without(deletions, key, 0, time + 49).rows()).isEqualTo(10);
        assertThat(data.without(deletions, key, 0, time + 4).rows()).isEqualTo(5);
        assertThat(RowDigest.of(data.without(deletions, key, 0, Long.MAX_VALUE)).plus(RowDigest.NONE))
                .isNotEqualTo(RowDigest.of(data));
    }

    @Test
    void aMovedFileIsOneOfTheOtherSegment() throws DamagedMetaException {
        writer().write(IDS, SegmentContent.of(3, 0, 1));
        byte[] file = bucket.get(IDS.insertLog(101, 4));
        byte[] moved = Envelope.moved(file, new SegmentIds("files", 1, 2, 3));

        assertThat(BinlogFile.parse(moved).segmentId()).isEqualTo(3);
        assertThat(BinlogFile.parse(moved).collectionId()).isEqualTo(1);
        assertThat(BinlogFile.parse(moved).events())
                .isEqualTo(BinlogFile.parse(file).events());
    }

    private SegmentWriter writer() {
        return new SegmentWriter(TypedSchemas.everyType(), new AtomicLong(1)::getAndIncrement, bucket::put);
    }

    private SegmentData data() {
        return new SegmentReader(bucket::get).rows(SegmentReader.byGroup(bucket.keySet().stream()));
    }
}
