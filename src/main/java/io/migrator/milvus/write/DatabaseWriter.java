package io.migrator.milvus.write;

import io.migrator.format.meta.KeyValue;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Answers;
import io.migrator.milvus.calls.Calls;
import io.migrator.milvus.read.Names;
import io.migrator.milvus.schema.SchemaMessage;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.Status;
import java.util.List;
import java.util.function.Function;

/** Makes databases, with their properties where this Milvus takes them. */
final class DatabaseWriter {
    private final Calls calls;
    private final Names names;

    DatabaseWriter(Calls calls, Names names) {
        this.calls = calls;
        this.names = names;
    }

    void create(String database, List<KeyValue> properties) {
        if (names.databases().contains(database)) {
            return;
        }
        CreateDatabaseRequest.Builder request =
                CreateDatabaseRequest.newBuilder().setDbName(database);
        if (names.version().atLeast(2, 4, 3)) {
            request.addAllProperties(SchemaMessage.pairs(properties));
        }
        Action action = Action.server("create database", database);
        Status status = calls.tryAsk(action, stub -> stub.createDatabase(request.build()), Function.identity());
        if (!Answers.ok(status) && !names.databases().contains(database)) {
            throw calls.faults().refused(action, status);
        }
    }
}
