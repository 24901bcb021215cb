package io.migrator.milvus.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.MetaJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SchemaDiffTest {
    @Test
    void seesNoDifferenceInNamesIdsAndData() {
        CollectionInfo restored = changed(collection -> {
            collection
                    .put("collection_name", "all_types_bak")
                    .put("db_name", "db2")
                    .put("collection_id", 7);
            collection
                    .put("db_id", 3)
                    .put("size", 1)
                    .put("load_state", "NotLoad")
                    .remove("aliases");
            ((ObjectNode) collection.get("schema")).put("name", "all_types_bak");
            collection.get("partition_backups").forEach(partition -> ((ObjectNode) partition)
                    .put("collection_id", 7)
                    .remove("segment_backups"));
            ((ObjectNode) collection.at("/partition_backups/0")).put("partition_id", 9);
            ((ObjectNode) collection.at("/index_infos/0")).put("index_id", 9);
            ArrayNode indexes = (ArrayNode) collection.get("index_infos");
            indexes.add(indexes.remove(0));
        });

        assertThat(SchemaDiff.between(changed(nothing -> {}), restored)).isEmpty();
    }

    @Test
    void takesFlatAndNestedIndexParametersForTheSame() {
        CollectionInfo restored = changed(collection -> {
            ObjectNode params = (ObjectNode) collection.at("/index_infos/1/params");
            params.put("nlist", "16").remove("params");
        });

        assertThat(SchemaDiff.between(changed(nothing -> {}), restored)).isEmpty();
    }

    /** Keys of a function's model service stand among its parameters. */
    @Test
    void showsNoSecretThatDiffers() {
        for (String key : List.of("api_key", "apiKey", "token", "x.token", "credential", "cipher.key", "params")) {
            Consumer<ObjectNode> before = collection -> parameter(collection, key, "AAA-secret");
            Consumer<ObjectNode> now = collection -> parameter(collection, key, "BBB-secret");

            assertThat(SchemaDifference.told(SchemaDiff.between(changed(before), changed(now))))
                    .as(key)
                    .hasSize(2)
                    .allMatch(line -> line.contains("not the same") && !line.contains("-secret"));
        }
    }

    private static void parameter(ObjectNode collection, String key, String secret) {
        String value = key.equals("params") ? "{\"api_key\":\"" + secret + "\"}" : secret;
        collection.withArray("properties").addObject().put("key", key).put("value", value);
        ArrayNode functions = ((ObjectNode) collection.get("schema")).putArray("functions");
        functions
                .addObject()
                .put("name", "f")
                .putArray("params")
                .addObject()
                .put("key", key)
                .put("value", value);
    }

    @Test
    void namesEveryDifference() {
        CollectionInfo restored = changed(collection -> {
            collection.put("shards_num", 1).put("consistency_level", 2).remove("properties");
            ((ObjectNode) collection.get("schema")).put("enable_dynamic_field", false);
            ((ObjectNode) collection.at("/schema/fields/0/type_params/0")).put("value", "32");
            ((ObjectNode) collection.at("/schema/fields/1")).put("data_type", 2);
            ((ArrayNode) collection.at("/schema/fields")).remove(11);
            ((ObjectNode) collection.at("/partition_backups/1")).put("partition_name", "p2");
            ((ObjectNode) collection.at("/index_infos/1/params")).put("metric_type", "L2");
        });

        assertThat(SchemaDifference.told(SchemaDiff.between(changed(nothing -> {}), restored)))
                .containsExactly(
                        "shards: 2 in the backup, 1 now",
                        "consistency level: 1 in the backup, 2 now",
                        "property 'collection.ttl.seconds': missing",
                        "dynamic field: true in the backup, false now",
                        "field 'b' type: 1 in the backup, 2 now",
                        "field 'fv': missing",
                        "field 'id' max_length: 64 in the backup, 32 now",
                        "partition 'p1': missing",
                        "partition 'p2': not in the backup",
                        "index 'fv/fv_idx' metric_type: COSINE in the backup, L2 now");
    }

    @Test
    void leavesIndexesAsideWhereAsked() {
        CollectionInfo restored = changed(collection -> collection.remove("index_infos"));

        assertThat(SchemaDifference.told(SchemaDiff.between(changed(nothing -> {}), restored)))
                .containsExactly("index 'fv/fv_idx': missing", "index 'i64/i64_idx': missing");
        assertThat(SchemaDiff.withoutIndexes(changed(nothing -> {}), restored)).isEmpty();
    }

    private static CollectionInfo changed(Consumer<ObjectNode> change) {
        try (InputStream file = SchemaDiffTest.class.getResourceAsStream("/io/migrator/milvus/full_meta_0_5_16.json")) {
            ObjectMapper json = new ObjectMapper();
            JsonNode backup = json.readTree(file);
            change.accept((ObjectNode) backup.at("/collection_backups/1"));
            BackupInfo read = MetaJson.readFull(json.writeValueAsBytes(backup));
            return read.collections().get(1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
