package io.migrator.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Segments as metas describe them: which are no description of whole rows and deletes. */
class SegmentShapeTest {
    /** Field 102 came later, 103 has a default. */
    private static final String META =
            """
            {"name":"b","collection_backups":[{"collection_id":1,"collection_name":"c","schema":{"fields":[
            {"fieldID":100,"name":"id","data_type":5},{"fieldID":101,"name":"v","data_type":101},
            {"fieldID":102,"name":"n","data_type":5,"nullable":true},{"fieldID":103,"name":"d","data_type":5,"default_value_base64":"GAE="}]},
            "partition_backups":[{"partition_id":2,"partition_name":"p","collection_id":1,"size":SIZE,"segment_backups":[
            {"segment_id":3,"collection_id":1,"partition_id":2,"group_id":3,"size":50,SEGMENT}]}],"l0_segments":[L0]}]}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    rows without files          | 'num_of_rows':5,'binlogs':[]                                      | 5 rows in it, and name no file of them
                    the same, as deletes        | 'num_of_rows':5,'binlogs':[],'is_l0':true                         | deletes in it, and name no file
                    rows of fields without logs | 'num_of_rows':5,'binlogs':[{'fieldID':100},{'fieldID':101}]       | 5 rows in it, and name no file of them
                    a field is lacking          | 'num_of_rows':5,'binlogs':[F0,F1,F101]                            | no file of the fields [100]
                    a field has none            | 'num_of_rows':5,'binlogs':[F0,F1,F100,F101,{'fieldID':102}]       | no file of the fields [102]
                    rows ids and times lack     | 'num_of_rows':5,'binlogs':[F100,F101]                             | no file of the fields [0, 1]
                    deletes without files       | 'num_of_rows':5,'binlogs':[F0,F1,F100,F101],'deltalogs':[{'fieldID':9}] | deletes in it without their files
                    files without rows          | 'binlogs':[F0,F1,F100,F101]                                       | files of it, and no rows
                    only deletes, without files | 'is_l0':true                                                      | deletes in it, and name no file
                    a group without files       | 'num_of_rows':5,'storage_version':2,'binlogs':[F0,{'fieldID':101}] | no file of the fields [101]
                    """)
    void isNoneOfWholeRows(String what, String segment, String told) throws IOException {
        assertThat(findings(segment, 50, ""))
                .as(what)
                .singleElement()
                .asString()
                .contains(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    all fields            | 'num_of_rows':5,'binlogs':[F0,F1,F100,F101,F102,F103],'deltalogs':[{}]
                    late fields are not   | 'num_of_rows':5,'binlogs':[F0,F1,F100,F101]
                    column groups         | 'num_of_rows':5,'storage_version':2,'binlogs':[F0,F101]
                    deletes               | 'num_of_rows':5,'binlogs':[F0,F1,F100,F101],'deltalogs':[F0]
                    deletes of 0.4        | 'num_of_rows':5,'binlogs':[F0,F1,F100,F101],'deltalogs':[F100]
                    nothing but deletes   | 'is_l0':true,'deltalogs':[F0]
                    deletes with a count  | 'is_l0':true,'num_of_rows':5,'deltalogs':[F0]
                    nothing               | 'deltalogs':[{}]
                    """)
    void isOneOfWholeRows(String what, String segment) throws IOException {
        assertThat(findings(segment, 50, "")).as(what).isEmpty();
    }

    @Test
    void isHeldAgainstTheSizeOfItsPartition() throws IOException {
        String whole = "'num_of_rows':5,'binlogs':[F0,F1,F100,F101]";

        assertThat(findings(whole, 75, ""))
                .singleElement()
                .asString()
                .contains("give the partition 75 bytes, and its segments 50");
        assertThat(findings(whole, 0, "")).as("not told").isEmpty();
    }

    @Test
    void isLookedAtWhereItSpansAllPartitions() throws IOException {
        String all = "{'segment_id':7,'collection_id':1,'partition_id':-1,'size':80,'is_l0':true%s}";
        String whole = "'num_of_rows':5,'binlogs':[F0,F1,F100,F101]";

        assertThat(findings(whole, 50, all.formatted(",'deltalogs':[F0]"))).isEmpty();
        assertThat(findings(whole, 50, all.formatted("")))
                .singleElement()
                .asString()
                .contains("delta_log/1/-1/7/");
    }

    @Test
    void isLeftToTheRestoreWhereItHasFilesAndNoRows() throws IOException {
        assertThat(findings(false, "'binlogs':[F0,F1,F100,F101]", 50, "")).isEmpty();
    }

    private static List<Finding> findings(String segment, long size, String level0) throws IOException {
        return findings(true, segment, size, level0);
    }

    private static List<Finding> findings(boolean all, String segment, long size, String level0) throws IOException {
        String json = META.replace("SIZE", String.valueOf(size))
                .replace("SEGMENT", segment)
                .replace("L0", level0)
                .replace('\'', '"')
                .replaceAll(
                        "F(\\d+)",
                        "{\"fieldID\":$1,\"binlogs\":[{\"log_path\":\"files/x/9\",\"log_size\":1,\"log_id\":9}]}");
        List<Finding> found = new ArrayList<>();
        MetaJson.readFull(json.getBytes(UTF_8))
                .collections()
                .forEach(new SegmentShape(new VaultLayout("", "b"), all, found::add)::check);
        return found;
    }
}
