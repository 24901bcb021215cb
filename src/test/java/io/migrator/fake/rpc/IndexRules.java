package io.migrator.fake.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.migrator.fake.model.Pairs;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.Release;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the parameters of an index must be like, and the form in which the server keeps them. */
final class IndexRules {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "index_type";
    private static final String METRIC = "metric_type";
    private static final String NESTED = "params";
    private static final String AUTO = "AUTOINDEX";
    private static final Set<String> BINARY_METRICS =
            Set.of("HAMMING", "JACCARD", "TANIMOTO", "SUBSTRUCTURE", "SUPERSTRUCTURE", "MHJACCARD");
    private static final Set<String> DENSE_METRICS = Set.of("L2", "IP", "COSINE");
    private static final Set<String> SPARSE_METRICS = Set.of("IP", "BM25");
    private static final Set<String> LIST_METRICS = Set.of("MAX_SIM", "MAX_SIM_COSINE", "MAX_SIM_IP", "MAX_SIM_L2");
    private static final Set<String> OLD_SCALAR = Set.of("STL_SORT", "Trie", "marisa-trie", "Asceneding", "Ascending");
    private static final Set<String> NEW_SCALAR =
            Set.of("STL_SORT", "Trie", "INVERTED", "BITMAP", "HYBRID", "NGRAM", "RTREE", AUTO);

    private final Release release;

    IndexRules(Release release) {
        this.release = release;
    }

    /** The parameters as DescribeIndex will show them: nested on 2.2, flat from 2.3 on. */
    List<KeyValuePair> checked(FieldSchema field, List<KeyValuePair> sent) {
        String duplicate = Pairs.duplicate(sent);
        if (!duplicate.isEmpty()) {
            throw Refusal.invalid("duplicated param key \"" + duplicate + "\"");
        }
        List<KeyValuePair> flat = release.newStatusCodes() ? flat(sent) : sent;
        boolean isVector = FieldRules.vector(field) || field.getDataType() == DataType.ArrayOfVector;
        return isVector ? vector(field, flat) : scalar(field, flat);
    }

    private List<KeyValuePair> vector(FieldSchema field, List<KeyValuePair> params) {
        String type = Pairs.value(params, TYPE);
        if (type.isEmpty()) {
            if (!release.atLeast(2, 4, 0)) {
                throw Refusal.invalid("IndexType not specified");
            }
            return Pairs.changed(params, Pairs.of(TYPE, AUTO), List.of());
        }
        String metric = Pairs.value(params, METRIC);
        if (metric.isEmpty()) {
            if (!type.equals(AUTO)) {
                throw Refusal.invalid("metric type not set for vector index");
            }
            return params;
        }
        Set<String> metrics =
                switch (field.getDataType()) {
                    case BinaryVector -> BINARY_METRICS;
                    case SparseFloatVector -> SPARSE_METRICS;
                    case ArrayOfVector -> LIST_METRICS;
                    default -> DENSE_METRICS;
                };
        if (!metrics.contains(metric)) {
            throw Refusal.invalid("metric type " + metric + " not found or not supported, supported: " + metrics + "");
        }
        return params;
    }

    private List<KeyValuePair> scalar(FieldSchema field, List<KeyValuePair> params) {
        String type = Pairs.value(params, TYPE);
        boolean modern = release.atLeast(2, 4, 0);
        if (type.isEmpty()) {
            String usual = modern ? AUTO : field.getDataType() == DataType.VarChar ? "Trie" : "STL_SORT";
            return Pairs.changed(params, Pairs.of(TYPE, usual), List.of());
        }
        if (!(modern ? NEW_SCALAR : OLD_SCALAR).contains(type)) {
            throw Refusal.invalid("invalid index type: " + type);
        }
        if (field.getDataType() == DataType.JSON && release.atLeast(2, 5, 0)) {
            for (String required : List.of("json_path", "json_cast_type")) {
                if (Pairs.value(params, required).isEmpty()) {
                    throw Refusal.invalid(required + " is required when creating index on JSON field");
                }
            }
        }
        return params;
    }

    private static List<KeyValuePair> flat(List<KeyValuePair> sent) {
        List<KeyValuePair> flat = new ArrayList<>();
        for (KeyValuePair pair : sent) {
            if (!pair.getKey().equals(NESTED)) {
                flat.add(pair);
                continue;
            }
            try {
                JsonNode nested = JSON.readTree(pair.getValue());
                nested.fieldNames()
                        .forEachRemaining(name ->
                                flat.add(Pairs.pair(name, nested.get(name).asText())));
            } catch (JsonProcessingException e) {
                throw Refusal.unexpected("invalid params: " + pair.getValue());
            }
        }
        return flat;
    }
}
