package io.migrator.milvus.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.MetaJson;
import io.migrator.milvus.schema.CollectionDescription;
import io.migrator.milvus.schema.SchemaMessage;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DescribeCollectionResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ImportFitTest {
    private static final Consumer<ObjectNode> AS_IT_IS = nothing -> {};

    @Test
    void aCollectionOfTheSameFieldsFits() {
        CollectionInfo other = changed(collection -> {
            collection.put("shards_num", 1).remove("index_infos");
            ((ObjectNode) collection.at("/partition_backups/1")).put("partition_name", "p2");
        });

        assertThat(ImportFit.obstacles(changed(AS_IT_IS), other)).isEmpty();
        assertThat(differences(other)).isEmpty();
    }

    @Test
    void fieldsAndTheDynamicFieldMustBeTheSame() {
        CollectionInfo other = changed(collection -> {
            ((ObjectNode) collection.get("schema")).put("enable_dynamic_field", false);
            ((ObjectNode) collection.at("/schema/fields/0/type_params/0")).put("value", "32");
            ((ObjectNode) collection.at("/schema/fields/1")).put("nullable", true);
        });

        assertThat(ImportFit.obstacles(changed(AS_IT_IS), other))
                .containsExactly(
                        "dynamic field: true in the backup, false now",
                        "field 'b' nullable: false in the backup, true now",
                        "field 'id' max_length: 64 in the backup, 32 now");
    }

    @Test
    void aPartitionKeyNeedsTheSamePartitions() {
        Consumer<ObjectNode> keyed =
                collection -> ((ObjectNode) collection.at("/schema/fields/9")).put("is_partition_key", true);
        CollectionInfo one =
                changed(keyed.andThen(collection -> ((ArrayNode) collection.get("partition_backups")).remove(1)));

        assertThat(ImportFit.obstacles(changed(keyed), changed(keyed))).isEmpty();
        assertThat(ImportFit.obstacles(changed(keyed), one))
                .containsExactly("a partition key spreads its rows: 2 partitions in the backup, 1 now");
    }

    @Test
    void whatAFunctionMadeIsSearchedByTheSameFunction() {
        CollectionInfo bm25 = changed(collection -> function(collection, "bm25", 1, "s"));

        assertThat(ImportFit.obstacles(bm25, changed(collection -> function(collection, "other_name", 1, "s"))))
                .isEmpty();
        assertThat(ImportFit.obstacles(bm25, changed(collection -> function(collection, "bm25", 2, "j"))))
                .containsExactly(
                        "function of 'fv' type: 1 in the backup, 2 now",
                        "function of 'fv' inputs: [s] in the backup, [j] now");
    }

    private static void function(ObjectNode collection, String name, int type, String input) {
        ObjectNode function = ((ObjectNode) collection.get("schema"))
                .putArray("functions")
                .addObject()
                .put("name", name)
                .put("type", type);
        function.putArray("input_field_names").add(input);
        function.putArray("output_field_names").add("fv");
    }

    @Test
    void theMetricOfAnIndexIsLookedAtAlone() {
        CollectionInfo other = changed(collection -> {
            ((ObjectNode) collection.at("/index_infos/1/params")).put("metric_type", "L2");
            ((ObjectNode) collection.at("/index_infos/1/params")).put("nlist", "99");
        });

        assertThat(ImportFit.otherMetrics(changed(AS_IT_IS), other))
                .containsExactly("metric of 'fv': COSINE in the backup, L2 now");
        assertThat(ImportFit.obstacles(changed(AS_IT_IS), other)).isEmpty();
    }

    @Test
    void saysWhatChangesHowRowsAreReadOrHowLongTheyStay() {
        CollectionInfo other =
                changed(collection -> collection.put("consistency_level", 2).remove("properties"));

        assertThat(differences(other))
                .containsExactly(
                        "consistency level: 1 in the backup, 2 now", "property 'collection.ttl.seconds': missing");
    }

    /** Words would be looked for otherwise than they were cut into when the rows came in. */
    @Test
    void aTextIsCutIntoWordsByTheSameAnalyzer() {
        Consumer<ObjectNode> english = collection -> analyzer(collection, "{\"type\": \"english\"}");
        Consumer<ObjectNode> standard = collection -> analyzer(collection, "{\"type\": \"standard\"}");

        assertThat(ImportFit.obstacles(changed(english), changed(english))).isEmpty();
        assertThat(ImportFit.obstacles(changed(english), changed(standard)))
                .containsExactly("field 's' analyzer_params: {\"type\": \"english\"} in the backup, {\"type\":"
                        + " \"standard\"} now");
        assertThat(ImportFit.obstacles(changed(AS_IT_IS), changed(standard))).isNotEmpty();
    }

    private static void analyzer(ObjectNode collection, String parameters) {
        ((ArrayNode) collection.at("/schema/fields/8/type_params"))
                .addObject()
                .put("key", "analyzer_params")
                .put("value", parameters);
    }

    /** It decides which segments and indexes a search looks into; rows are found with and without. */
    @Test
    void saysThatPartitionKeysAreIsolatedInOneOfBoth() {
        CollectionInfo other = changed(collection -> ((ArrayNode) collection.get("properties"))
                .addObject()
                .put("key", "partitionkey.isolation")
                .put("value", "true"));

        assertThat(ImportFit.obstacles(changed(AS_IT_IS), other)).isEmpty();
        assertThat(differences(other)).containsExactly("property 'partitionkey.isolation': not in the backup");
    }

    /** Only a clustering compaction makes use of it, and rows that none has met are searched all. */
    @Test
    void saysThatAnotherFieldClusters() {
        CollectionInfo info = changed(AS_IT_IS);

        assertThat(ImportFit.differences(info, clusteredBy(info, "i64"), described(info, "i32")))
                .containsExactlyInAnyOrder(
                        "field 'i64' is_clustering_key: true in the backup, false now",
                        "field 'i32' is_clustering_key: false in the backup, true now");
        assertThat(ImportFit.differences(info, clusteredBy(info, "i64"), described(info, "i64")))
                .isEmpty();
    }

    private static CollectionDescription described(CollectionInfo info, String field) {
        return new CollectionDescription(info, clusteredBy(info, field));
    }

    private static ByteString clusteredBy(CollectionInfo info, String field) {
        CollectionSchema.Builder schema = SchemaMessage.of(info, null).toBuilder();
        schema.getFieldsBuilderList().stream()
                .filter(one -> one.getName().equals(field))
                .forEach(one -> one.setIsClusteringKey(true));
        return DescribeCollectionResponse.newBuilder().setSchema(schema).build().toByteString();
    }

    private static List<String> differences(CollectionInfo other) {
        return ImportFit.differences(changed(AS_IT_IS), null, new CollectionDescription(other, ByteString.EMPTY));
    }

    private static CollectionInfo changed(Consumer<ObjectNode> change) {
        try (InputStream file = ImportFitTest.class.getResourceAsStream("/io/migrator/milvus/full_meta_0_5_16.json")) {
            ObjectMapper json = new ObjectMapper();
            JsonNode backup = json.readTree(file);
            change.accept((ObjectNode) backup.at("/collection_backups/1"));
            return MetaJson.readFull(json.writeValueAsBytes(backup))
                    .collections()
                    .get(1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
