package io.migrator.milvus.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.format.meta.IndexInfo;
import java.util.Map;
import java.util.TreeMap;

/** Index parameters in one form: servers and clients write some of them flat and some as JSON under {@code params}. */
public final class IndexParams {
    private static final String NESTED = "params";
    private static final ObjectMapper JSON = new ObjectMapper();

    private IndexParams() {}

    /** All parameters flat, as they would be sent to a server; JSON that cannot be read stays as it is. */
    public static Map<String, String> comparable(IndexInfo index) {
        Map<String, String> flat = new TreeMap<>(NewIndex.params(index));
        String nested = flat.get(NESTED);
        if (nested == null) {
            return flat;
        }
        try {
            JsonNode object = JSON.readTree(nested);
            if (object.isObject()) {
                flat.remove(NESTED);
                object.properties()
                        .forEach(entry ->
                                flat.put(entry.getKey(), entry.getValue().asText()));
            }
        } catch (JsonProcessingException e) {
            return flat;
        }
        return flat;
    }
}
