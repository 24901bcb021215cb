package io.migrator.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.migrator.format.Samples;
import io.migrator.format.meta.MetaFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Our metas beside those of the real milvus-backup 0.5.16, of the same two collections, field by field. */
@ExtendWith(LabExtension.class)
final class MetasIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What is another in every backup: ids, the backup's name, times and sizes. */
    private static final Set<String> OWN = Set.of(
            "id",
            "collection_id",
            "partition_id",
            "segment_id",
            "group_id",
            "index_id",
            "log_id",
            "log_path",
            "log_size",
            "size",
            "start_time",
            "end_time",
            "backup_timestamp",
            "backup_physical_timestamp",
            "created_timestamp");

    private static final Set<String> LISTS_OF_NAMES = Set.of("virtual_channel_names", "physical_channel_names");

    private final MigrationLab lab;

    MetasIT(MigrationLab lab) {
        this.lab = lab;
        lab.allTypes();
        lab.pk();
    }

    @Test
    void sayWhatMilvusBackupSays() throws IOException {
        Outcome backup = lab.deskA().runHere("--job=backup", "collection=all_types,pk", "name=metas");
        assertThat(backup).returns(0, Outcome::exitCode);

        for (MetaFile file : MetaFile.values()) {
            byte[] ours = lab.vault().read("backup/metas/meta/" + file.fileName());
            assertThat(pretty(ours)).as(file.fileName()).isEqualTo(pretty(Samples.meta(Samples.V0_5, file)));
        }
    }

    private static String pretty(byte[] meta) throws IOException {
        JsonNode tree = JSON.readTree(meta);
        if (tree instanceof ObjectNode root && root.has("name")) {
            root.put("name", "own");
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(normal(tree));
    }

    /** The same tree with own values blanked and lists in an order that does not depend on ids. */
    private static JsonNode normal(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode result = JSON.createObjectNode();
            List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
            fields.sort(Map.Entry.comparingByKey());
            for (Map.Entry<String, JsonNode> field : fields) {
                String name = field.getKey();
                if (OWN.contains(name)) {
                    result.put(name, "own " + field.getValue().getNodeType());
                } else if (LISTS_OF_NAMES.contains(name)) {
                    result.put(name, field.getValue().size() + " names");
                } else {
                    result.set(name, normal(field.getValue()));
                }
            }
            return result;
        }
        if (node instanceof ArrayNode array) {
            List<JsonNode> items = new ArrayList<>();
            array.forEach(item -> items.add(normal(item)));
            items.sort(Comparator.comparing(JsonNode::toString));
            return JSON.createArrayNode().addAll(items);
        }
        return node;
    }
}
