package io.migrator.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A backup with one collection of two partitions and a segment of deletes that spans both. */
class SizeTotalsTest {
    private static final String META =
            """
            {"name":"b","size":%d,"collection_backups":[{"collection_id":1,"collection_name":"c","size":%d,
            "schema":{"fields":[{"fieldID":100,"name":"id","data_type":5}]},"partition_backups":[
            {"partition_id":2,"partition_name":"p","collection_id":1,"size":%d,"segment_backups":[
            {"segment_id":3,"collection_id":1,"partition_id":2,"group_id":3,"size":50}]},
            {"partition_id":4,"partition_name":"q","collection_id":1,"size":20,"segment_backups":[
            {"segment_id":5,"collection_id":1,"partition_id":4,"group_id":5,"size":20}]}],
            "l0_segments":[{"segment_id":7,"collection_id":1,"partition_id":-1,"size":9,"is_l0":true}]}]}
            """;

    @ParameterizedTest
    @CsvSource({
        // backup, collection, partition, told
        "70, 70, 50, ''",
        "79, 79, 50, ''",
        "0, 0, 0, ''",
        "0, 70, 50, ''",
        "77, 70, 50, the metas give the backup 77 bytes; and its collections 70",
        "77, 77, 50, the metas give the collection 77 bytes; and its partitions 70",
        "20, 20, 0, the metas give the partition 0 bytes; and its segments 50",
    })
    void addUp(long backup, long collection, long partition, String told) throws IOException {
        List<Finding> found = new ArrayList<>();

        new SizeTotals(new VaultLayout("", "b"), found::add)
                .check(MetaJson.readFull(
                        META.formatted(backup, collection, partition).getBytes(UTF_8)));

        assertThat(found.stream().map(Finding::detail))
                .containsExactlyElementsOf(told.isEmpty() ? List.of() : List.of(told.replace(';', ',')));
    }
}
