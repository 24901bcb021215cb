package io.migrator.fake.rpc;

import io.migrator.fake.model.Pairs;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.Release;
import io.milvus.grpc.DataType;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import java.util.List;
import java.util.Set;

/** What the parameters of an index must be like, and the form in which the server keeps them. */
@SuppressWarnings("deprecation") // the old code of a status
final class IndexRules {
    private static final String TYPE = "index_type";
    private static final String METRIC = "metric_type";
    private static final String AUTO = "AUTOINDEX";
    private static final List<String> BINARY_METRICS =
            List.of("HAMMING", "JACCARD", "TANIMOTO", "SUBSTRUCTURE", "SUPERSTRUCTURE", "MHJACCARD");
    private static final List<String> DENSE_METRICS = List.of("L2", "IP", "COSINE");
    private static final List<String> SPARSE_METRICS = List.of("IP", "BM25");
    private static final List<String> LIST_METRICS = List.of("MAX_SIM", "MAX_SIM_COSINE", "MAX_SIM_IP", "MAX_SIM_L2");
    private static final Set<String> VECTOR_TYPES = Set.of(
            AUTO,
            "FLAT",
            "IVF_FLAT",
            "IVF_SQ8",
            "IVF_PQ",
            "IVF_RABITQ",
            "HNSW",
            "HNSW_SQ",
            "HNSW_PQ",
            "HNSW_PRQ",
            "SCANN",
            "DISKANN",
            "BIN_FLAT",
            "BIN_IVF_FLAT",
            "MINHASH_LSH",
            "SPARSE_INVERTED_INDEX",
            "SPARSE_WAND",
            "EMB_LIST_HNSW",
            "GPU_CAGRA",
            "GPU_IVF_FLAT",
            "GPU_IVF_PQ",
            "GPU_BRUTE_FORCE");
    private static final Set<String> OLD_SCALAR = Set.of("STL_SORT", "Trie", "marisa-trie", "Asceneding", "Ascending");
    private static final Set<String> NEW_SCALAR =
            Set.of("STL_SORT", "Trie", "INVERTED", "BITMAP", "HYBRID", "NGRAM", "RTREE", AUTO);

    private final Release release;

    IndexRules(Release release) {
        this.release = release;
    }

    /** The parameters as DescribeIndex will show them: as they were sent, which a real 2.3.5 was seen to do. */
    List<KeyValuePair> checked(FieldSchema field, List<KeyValuePair> sent) {
        String duplicate = Pairs.duplicate(sent);
        if (!duplicate.isEmpty()) {
            throw Refusal.wrong("duplicated param key \"" + duplicate + "\"");
        }
        boolean isVector = FieldRules.vector(field) || field.getDataType() == DataType.ArrayOfVector;
        return isVector ? vector(field, sent) : scalar(field, sent);
    }

    private List<KeyValuePair> vector(FieldSchema field, List<KeyValuePair> params) {
        String type = Pairs.value(params, TYPE);
        if (type.isEmpty()) {
            return Pairs.changed(Pairs.of(TYPE, AUTO), params, List.of());
        }
        if (!VECTOR_TYPES.contains(type)) {
            throw Refusal.wrong("invalid index type: " + type);
        }
        String metric = Pairs.value(params, METRIC);
        if (metric.isEmpty()) {
            if (type.equals(AUTO)) {
                return params;
            }
        }
        List<String> metrics =
                switch (field.getDataType()) {
                    case BinaryVector -> BINARY_METRICS;
                    case SparseFloatVector -> SPARSE_METRICS;
                    case ArrayOfVector -> LIST_METRICS;
                    default -> release.newStatusCodes() ? DENSE_METRICS : DENSE_METRICS.subList(0, 2);
                };
        if (!metrics.contains(metric)) {
            throw Refusal.wrong(
                    "metric type not found or not supported, supported: [" + String.join(" ", metrics) + "]");
        }
        return params;
    }

    private List<KeyValuePair> scalar(FieldSchema field, List<KeyValuePair> params) {
        String type = Pairs.value(params, TYPE);
        boolean modern = release.atLeast(2, 4, 0);
        if (type.isEmpty()) {
            return modern ? Pairs.changed(Pairs.of(TYPE, AUTO), params, List.of()) : params;
        }
        if (!(modern ? NEW_SCALAR : OLD_SCALAR).contains(type)) {
            throw new Refusal(
                            1100,
                            ErrorCode.IllegalArgument,
                            "index type not match: invalid parameter[expected="
                                    + (field.getDataType() == DataType.VarChar ? "Trie" : "STL_SORT") + "][actual="
                                    + type
                                    + "]")
                    .saidIn22("can only use 'STL_SORT' when is scalar field except VarChar");
        }
        if (field.getDataType() == DataType.JSON && release.atLeast(2, 5, 0)) {
            for (String required : List.of("json_path", "json_cast_type")) {
                if (Pairs.value(params, required).isEmpty()) {
                    throw Refusal.wrong(required + " is required when creating index on JSON field");
                }
            }
        }
        return params;
    }
}
