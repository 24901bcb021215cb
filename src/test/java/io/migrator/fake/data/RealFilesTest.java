package io.migrator.fake.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.Samples;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.FieldInfo;
import io.migrator.format.meta.SegmentInfo;
import io.migrator.lab.Rows;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The double reads the files of a real Milvus 2.3.5: compressed, with dictionaries, and with deletes. */
class RealFilesTest {
    @ParameterizedTest
    @CsvSource({
        Samples.V0_4 + ", all_types, i64 d s b i8 f",
        Samples.V0_5 + ", all_types, i64 d s b i8 f",
        Samples.V0_4 + ", pk, tenant bv",
        Samples.V0_5 + ", pk, tenant bv",
    })
    void readsTheRowsThatAQueryReturned(String sample, String collection, String fields) {
        CollectionInfo info = Samples.full(sample).collections().stream()
                .filter(candidate -> candidate.name().equals(collection))
                .findFirst()
                .orElseThrow();
        Map<Object, Map<String, Object>> read = new HashMap<>();
        for (SegmentInfo segment :
                info.partitions().stream().flatMap(p -> p.segments().stream()).toList()) {
            rows(new VaultLayout("", sample), segment, info, List.of(fields.split(" ")), read);
        }

        List<Map<String, Object>> queried = Rows.parse(Samples.object(collection + ".rows.json"));
        assertThat(read).hasSameSizeAs(queried);
        for (Map<String, Object> row : queried) {
            assertThat(row).containsAllEntriesOf(read.get(row.get("id")));
        }
    }

    private static void rows(
            VaultLayout layout,
            SegmentInfo segment,
            CollectionInfo info,
            List<String> fields,
            Map<Object, Map<String, Object>> into) {
        SegmentData rows = new BackupRows(layout, Samples::object).rows(info, segment);
        long primaryKey = id(info, "id");
        for (int i = 0; i < rows.rows(); i++) {
            Map<String, Object> row = new HashMap<>();
            for (String field : fields) {
                row.put(
                        field,
                        plain(field, rows.column(id(info, field)).values().get(i)));
            }
            into.put(Cells.key(rows.column(primaryKey).values().get(i)), row);
        }
    }

    private static Object plain(String field, Object cell) {
        if (cell instanceof byte[] bytes) {
            return field.equals("bv") ? HexFormat.of().formatHex(bytes) : new String(bytes, UTF_8);
        }
        if (cell instanceof Integer number) {
            return number.longValue();
        }
        return cell instanceof Float number ? (Object) number.doubleValue() : cell;
    }

    private static long id(CollectionInfo info, String name) {
        return info.schema().fields().stream()
                .filter(field -> field.name().equals(name))
                .mapToLong(FieldInfo::fieldId)
                .findFirst()
                .orElseThrow();
    }
}
