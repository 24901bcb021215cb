package io.migrator.milvus.read;

import io.milvus.grpc.KeyValuePair;
import java.util.List;
import java.util.OptionalLong;

/** What Milvus' statistics say of the number of rows: flushed ones, deleted ones included. */
public final class RowStatistics {
    private static final String ROWS = "row_count";

    private RowStatistics() {}

    /** Empty where they do not tell. */
    public static OptionalLong rows(List<KeyValuePair> statistics) {
        return statistics.stream()
                .filter(pair -> pair.getKey().equals(ROWS))
                .map(KeyValuePair::getValue)
                .mapToLong(Long::parseLong)
                .findFirst();
    }
}
