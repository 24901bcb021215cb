package io.migrator.milvus.write;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.meta.IndexInfo;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Answers;
import io.migrator.milvus.calls.Calls;
import io.migrator.milvus.read.CollectionReader;
import io.migrator.milvus.schema.NewIndex;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.DropIndexRequest;
import io.milvus.grpc.Status;
import java.time.Duration;
import java.util.function.Function;

/** Creates and drops indexes. The contract is that of {@link io.migrator.milvus.MilvusTarget}. */
final class IndexWriter {
    // CreateIndex only starts the work, but waits for other work on the same collection.
    private static final Duration SLOW_CALL = Duration.ofMinutes(2);

    private final Calls calls;
    private final CollectionReader reader;

    IndexWriter(Calls calls, CollectionReader reader) {
        this.calls = calls;
        this.reader = reader;
    }

    void create(String database, String collection, IndexInfo index) {
        CreateIndexRequest request = NewIndex.request(database, collection, index);
        Action action = Action.collection(
                        "create index '" + index.indexName() + "' on field '" + index.fieldName() + "' of",
                        database,
                        collection)
                .within(SLOW_CALL);
        Status status = calls.tryAsk(action, stub -> stub.createIndex(request), Function.identity());
        if (!Answers.ok(status)) {
            throw Answers.indexDiffers(status)
                    ? MigratorException.unable(
                            Failure.CONFLICT,
                            action.verb(),
                            action.thing(),
                            Answers.reason(status),
                            "Drop the index that is there, or use index=none.")
                    : calls.faults().refused(action, status);
        }
    }

    void dropAll(String database, String collection) {
        for (IndexInfo index : reader.require(database, collection).info().indexes()) {
            calls.ask(
                    Action.collection("drop index '" + index.indexName() + "' of", database, collection)
                            .within(SLOW_CALL),
                    stub -> stub.dropIndex(DropIndexRequest.newBuilder()
                            .setDbName(database)
                            .setCollectionName(collection)
                            .setFieldName(index.fieldName())
                            .setIndexName(index.indexName())
                            .build()));
        }
    }
}
