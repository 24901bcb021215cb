package io.migrator.milvus.write;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Answers;
import io.migrator.milvus.calls.Calls;
import io.migrator.milvus.read.CollectionReader;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.ListAliasesRequest;
import io.milvus.grpc.ListAliasesResponse;
import io.milvus.grpc.Status;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/** Other names of collections. The contract is that of {@link io.migrator.milvus.MilvusTarget}. */
final class Aliases {
    private final Calls calls;
    private final CollectionReader reader;

    Aliases(Calls calls, CollectionReader reader) {
        this.calls = calls;
        this.reader = reader;
    }

    Set<String> of(String database) {
        Action action = new Action("list the aliases of database", database, database, Duration.ofSeconds(30));
        ListAliasesResponse answer = calls.tryAsk(
                action,
                stub -> stub.listAliases(
                        ListAliasesRequest.newBuilder().setDbName(database).build()),
                ListAliasesResponse::getStatus);
        if (Answers.noDatabase(answer.getStatus())) {
            return Set.of();
        }
        if (!Answers.ok(answer.getStatus())) {
            throw calls.faults().refused(action, answer.getStatus());
        }
        return Set.copyOf(answer.getAliasesList());
    }

    void create(String database, String collection, String alias) {
        Action action = Action.collection("give alias '" + alias + "' to", database, collection);
        Status status = calls.tryAsk(
                action,
                stub -> stub.createAlias(CreateAliasRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(collection)
                        .setAlias(alias)
                        .build()),
                Function.identity());
        if (Answers.ok(status)) {
            return;
        }
        String owner =
                reader.find(database, alias).map(other -> other.info().name()).orElse("");
        if (owner.isEmpty()) {
            throw calls.faults().refused(action, status);
        }
        if (!owner.equals(collection)) {
            throw MigratorException.unable(
                    Failure.CONFLICT,
                    action.verb(),
                    action.thing(),
                    "it names collection '" + owner + "'",
                    "Drop that alias first, or leave it out.");
        }
    }
}
