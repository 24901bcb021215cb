package io.migrator.format.meta;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.migrator.format.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An index.
 *
 * @param params all parameters DescribeIndex gave, index and metric type included
 */
public record IndexInfo(
        @JsonProperty("field_name") String fieldName,
        @JsonProperty("index_name") String indexName,
        @JsonProperty("index_type") @Nullable String indexType,
        @JsonProperty("params") Map<String, String> params,
        @JsonProperty("index_id") long indexId) {
    public IndexInfo {
        fieldName = Copies.of(fieldName);
        indexName = Copies.of(indexName);
        params = Copies.of(params);
    }
}
