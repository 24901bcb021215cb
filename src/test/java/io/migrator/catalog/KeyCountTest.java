package io.migrator.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.Samples;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.FieldBinlog;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.lab.Rows;
import io.migrator.store.ObjectStore;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts by their keys the rows in files that a real Milvus 2.3.5 wrote: compressed, with dictionaries, with deletes. */
class KeyCountTest {
    private static final ObjectStore VAULT = (ObjectStore) Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> Samples.object((String) arguments[0]));

    @ParameterizedTest
    @CsvSource({
        Samples.V0_4 + ", all_types",
        Samples.V0_5 + ", all_types",
        Samples.V0_4 + ", pk",
        Samples.V0_5 + ", pk",
    })
    void findsTheRowsThatAQueryReturned(String sample, String name) {
        CollectionInfo collection = collection(sample, name);
        int queried = Rows.parse(Samples.object(name + ".rows.json")).size();

        assertThat(KeyCount.read(VAULT, new VaultLayout("", sample), collection, segments(collection), 0))
                .hasValueSatisfying(count -> assertThat(count.right()).isEqualTo(queried))
                // Two rows have keys that were deleted in the other partition.
                .hasValueSatisfying(count -> assertThat(count.least()).isBetween(queried - 2L, (long) queried));
    }

    /** Deletes take the older rows of their keys, wherever they lie; taken for those of L0 they leave the same. */
    @ParameterizedTest
    @CsvSource({Samples.V0_4 + ", all_types", Samples.V0_5 + ", all_types"})
    void takesTheDeletesOfLevelZeroForTheRowsOfAllSegments(String sample, String name) {
        CollectionInfo collection = collection(sample, name);
        VaultLayout layout = new VaultLayout("", sample);
        List<SegmentInfo> all = segments(collection);
        List<SegmentInfo> rows = all.stream()
                .map(segment -> with(segment, segment.rows(), segment.insertLogs(), List.of()))
                .toList();
        List<SegmentInfo> deletes = all.stream()
                .filter(segment -> !segment.deltaLogs().isEmpty())
                .map(segment -> with(segment, 0, List.of(), segment.deltaLogs()))
                .toList();
        KeyCount own = KeyCount.read(VAULT, layout, collection, all, 0).orElseThrow();

        assertThat(KeyCount.read(VAULT, layout, collection, rows, deletes, 0)).hasValue(own);
        assertThat(KeyCount.read(VAULT, layout, collection, rows, 0))
                .hasValueSatisfying(count -> assertThat(count.right()).isGreaterThan(own.right()));
        assertThat(KeyCount.read(VAULT, layout, collection, rows, deletes, 1))
                .as("younger than the backup")
                .isEmpty();
    }

    private static SegmentInfo with(
            SegmentInfo segment, long rows, List<FieldBinlog> inserts, List<FieldBinlog> deletes) {
        return new SegmentInfo(
                segment.segmentId(),
                segment.collectionId(),
                segment.partitionId(),
                rows,
                inserts,
                deletes,
                0,
                segment.groupId(),
                rows == 0,
                null,
                0);
    }

    /** Such a delete a server may be told to leave aside, or not. */
    @Test
    void doesNotTellWhereDeletesAreYoungerThanTheBackup() {
        CollectionInfo collection = collection(Samples.V0_5, "all_types");
        VaultLayout layout = new VaultLayout("", Samples.V0_5);

        assertThat(KeyCount.read(VAULT, layout, collection, segments(collection), 1))
                .isEmpty();
        assertThat(KeyCount.read(VAULT, layout, collection, segments(collection), Long.MAX_VALUE))
                .isPresent();
    }

    private static CollectionInfo collection(String sample, String name) {
        return Samples.full(sample).collections().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<SegmentInfo> segments(CollectionInfo collection) {
        return collection.partitions().stream()
                .flatMap(partition -> partition.segments().stream())
                .toList();
    }
}
