package io.migrator.milvus.read;

import io.migrator.failure.MigratorException;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Calls;
import io.milvus.grpc.ConsistencyLevel;
import io.milvus.grpc.QueryRequest;
import io.milvus.grpc.QueryResults;
import java.util.List;
import java.util.OptionalLong;

/** Counts rows by a query, which sees inserts and deletes at once where statistics see them late. */
public final class LiveRows {
    private static final String COUNT = "count(*)";

    private final Calls calls;
    private final CollectionReader reader;

    public LiveRows(Calls calls, CollectionReader reader) {
        this.calls = calls;
        this.reader = reader;
    }

    /** Empty where Milvus tells none: what is not loaded cannot be queried, and not every user may. */
    public OptionalLong of(String database, String collection, List<String> partitions) {
        try {
            return reader.loadState(database, collection, "").equals(LoadStates.LOADED)
                    ? count(database, collection, partitions)
                    : OptionalLong.empty();
        } catch (MigratorException e) {
            return OptionalLong.empty();
        }
    }

    private OptionalLong count(String database, String collection, List<String> partitions) {
        QueryResults results = calls.askOnce(
                Action.collection("count the rows of", database, collection),
                stub -> stub.query(QueryRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .addAllPartitionNames(partitions)
                        .addOutputFields(COUNT)
                        .setConsistencyLevel(ConsistencyLevel.Strong)
                        .build()),
                QueryResults::getStatus);
        return results.getFieldsDataList().stream()
                .flatMapToLong(field ->
                        field.getScalars().getLongData().getDataList().stream().mapToLong(Long::longValue))
                .findFirst();
    }
}
