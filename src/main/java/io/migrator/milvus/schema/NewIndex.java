package io.migrator.milvus.schema;

import io.migrator.format.meta.IndexInfo;
import io.milvus.grpc.CreateIndexRequest;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The request that builds a backed-up index again. Parameters go back as DescribeIndex gave them: 2.3 gives what the
 * user once sent, be it flat ({@code nlist=16}) or as JSON under {@code params}, and takes either.
 */
public final class NewIndex {
    private static final Pattern SIMPLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** All that AUTOINDEX takes; it was resolved into more. */
    private static final Set<String> AUTOINDEX_KEYS = Set.of("index_type", "metric_type", "mmap.enabled");

    private NewIndex() {}

    public static CreateIndexRequest request(String database, String collection, IndexInfo index) {
        CreateIndexRequest.Builder request = CreateIndexRequest.newBuilder()
                .setDbName(database)
                .setCollectionName(collection)
                .setFieldName(index.fieldName())
                // Servers name some indexes themselves ("/a/b" of a JSON path) and refuse to be sent such names.
                .setIndexName(SIMPLE_NAME.matcher(index.indexName()).matches() ? index.indexName() : "");
        params(index).forEach((key, value) -> request.addExtraParams(SchemaMessage.pair(key, value)));
        return request.build();
    }

    static Map<String, String> params(IndexInfo index) {
        Map<String, String> params = new TreeMap<>(index.params());
        if ("AUTOINDEX".equals(params.get("index_type"))) {
            params.keySet().retainAll(AUTOINDEX_KEYS);
        }
        // The name that Milvus up to 2.3 gives and later ones do not take.
        params.replace("index_type", "marisa-trie", "Trie");
        return params;
    }
}
