package io.migrator.fake.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.fake.model.SegmentContent;
import io.migrator.fake.model.SegmentPlace;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.log.BinlogFile;
import io.migrator.format.log.DeltaLog;
import io.migrator.format.log.ParquetFooter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the double writes, read again by the double and by migrator. */
class SegmentFilesTest {
    private static final SegmentPlace PLACE = new SegmentPlace(449, 450, 451);
    private static final SegmentWriter WRITER = new SegmentWriter(TypedSchemas.everyType());

    @Test
    void migratorReadsTheFilesOfEveryType() throws DamagedMetaException {
        SegmentContent content =
                WRITER.rows(SegmentRows.of(11, 100, 7).withLogs(2)).at(PLACE);

        assertThat(content.rows()).isEqualTo(11);
        assertThat(content.inserts()).hasSize(TypedSchemas.everyType().getFieldsCount() + 3);
        for (Map.Entry<Long, List<byte[]>> field : content.inserts().entrySet()) {
            assertThat(field.getValue()).hasSize(2);
            long rows = 0;
            for (byte[] body : field.getValue()) {
                BinlogFile file = BinlogFile.parse(body);
                assertThat(file.collectionId()).isEqualTo(449);
                assertThat(file.partitionId()).isEqualTo(450);
                assertThat(file.segmentId()).isEqualTo(451);
                assertThat(file.fieldId()).isEqualTo(field.getKey());
                assertThat(file.from()).isGreaterThanOrEqualTo(SegmentRows.SOME_TIME + 100);
                assertThat(file.to()).isGreaterThanOrEqualTo(file.from());
                rows += file.rows();
            }
            assertThat(rows).isEqualTo(11);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void readsTheValuesThatItWrote(int storageVersion) {
        SegmentData data = data(SegmentRows.of(11, 100, 7).withLogs(3).withStorageVersion(storageVersion));

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
        assertThat(data.column(FieldList.TIMESTAMP).values().get(3)).isEqualTo(SegmentRows.SOME_TIME + 103);
    }

    @Test
    void packsNarrowColumnsIntoOneGroup() throws DamagedMetaException {
        SegmentContent content =
                WRITER.rows(SegmentRows.of(5, 0, 1).withStorageVersion(2)).at(PLACE);

        assertThat(content.inserts()).containsKey(0L).hasSizeLessThan(10);
        for (List<byte[]> files : content.inserts().values()) {
            assertThat(ParquetFooter.read(ByteBuffer.wrap(files.get(0))).rows()).isEqualTo(5);
        }
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        SegmentRows rows = SegmentRows.of(20, 0, 3).withDeletes(2, DeltaForm.JSON);
        SegmentContent first = WRITER.rows(rows).at(PLACE);
        SegmentContent second =
                new SegmentWriter(TypedSchemas.everyType()).rows(rows).at(PLACE);
        SegmentContent other = WRITER.rows(SegmentRows.of(20, 0, 4)).at(PLACE);

        assertThat(second).usingRecursiveComparison().isEqualTo(first);
        assertThat(other.inserts().get(105L).get(0))
                .isNotEqualTo(first.inserts().get(105L).get(0));
    }

    @ParameterizedTest
    @EnumSource(DeltaForm.class)
    void migratorAndTheDoubleReadEveryFormOfDeletes(DeltaForm form) throws DamagedMetaException {
        List<Deletion> texts = List.of(new Deletion("a\"b", 5L << 40), new Deletion("c", 6L << 40));
        List<Deletion> numbers = List.of(new Deletion(-3L, 5L << 40), new Deletion(Long.MAX_VALUE, 6L << 40));
        for (List<Deletion> deletions : List.of(texts, numbers)) {
            byte[] file = DeltaLogs.write(PLACE, form, deletions);
            assertThat(DeltaLog.entries(file)).hasValue(2);
            assertThat(DeltaLogs.read(file)).isEqualTo(deletions);
        }
    }

    @Test
    void deletesTakeOlderRowsOnly() {
        long time = SegmentRows.SOME_TIME;
        SegmentData data = data(SegmentRows.of(10, 0, 1));
        long key = FieldList.primaryKey(TypedSchemas.everyType()).getFieldID();

        List<Deletion> deletions = List.of(
                WRITER.deletion(0, time + 50),
                WRITER.deletion(1, time),
                WRITER.deletion(2, time + 2),
                WRITER.deletion(99, time + 50));

        assertThat(data.without(deletions, key, 0, Long.MAX_VALUE).rows()).isEqualTo(9);
        assertThat(data.without(deletions, key, 0, time + 49).rows()).isEqualTo(10);
        assertThat(data.without(deletions, key, 0, time + 4).rows()).isEqualTo(5);
        assertThat(RowDigest.of(data.without(deletions, key, 0, Long.MAX_VALUE)))
                .isNotEqualTo(RowDigest.of(data));
    }

    @Test
    void theDigestDoesNotDependOnTheOrderOfRowsOrTheFormOfFiles() {
        RowDigest whole = RowDigest.of(data(SegmentRows.of(10, 0, 1)));
        RowDigest first = RowDigest.of(data(SegmentRows.of(4, 0, 1)));
        RowDigest second = RowDigest.of(data(SegmentRows.of(6, 4, 1).withStorageVersion(2)));

        assertThat(second.plus(first)).isEqualTo(whole);
        assertThat(first.plus(first).plus(second)).isNotEqualTo(whole);
    }

    /** As it is read back from a bucket. */
    private static SegmentData data(SegmentRows rows) {
        Map<String, byte[]> bucket = new TreeMap<>();
        WRITER.rows(rows).at(PLACE).inserts().forEach((group, files) -> {
            for (int log = 0; log < files.size(); log++) {
                bucket.put("files/insert_log/449/450/451/" + group + "/" + log, files.get(log));
            }
        });
        return new SegmentReader(bucket::get).rows(SegmentReader.byGroup(bucket.keySet().stream()));
    }
}
