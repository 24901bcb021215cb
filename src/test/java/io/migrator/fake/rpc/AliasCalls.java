package io.migrator.fake.rpc;

import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.DatabaseModel;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.ServerModel;
import io.milvus.grpc.AlterAliasRequest;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.DescribeAliasRequest;
import io.milvus.grpc.DescribeAliasResponse;
import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.ListAliasesRequest;
import io.milvus.grpc.ListAliasesResponse;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.Status;

@SuppressWarnings("deprecation") // the old code of a status
final class AliasCalls implements Calls {
    private static final int MAX_NAME = 255;

    private final ServerModel server;
    private final Answers answers;

    AliasCalls(ServerModel server) {
        this.server = server;
        this.answers = new Answers(server);
    }

    @Override
    public void bind(Rpcs rpcs) {
        rpcs.on(MilvusServiceGrpc.getCreateAliasMethod(), this::create);
        rpcs.on(MilvusServiceGrpc.getAlterAliasMethod(), this::alter);
        rpcs.on(MilvusServiceGrpc.getDropAliasMethod(), this::drop);
        rpcs.on(server.release().aliasListing(), MilvusServiceGrpc.getDescribeAliasMethod(), this::describe);
        rpcs.on(server.release().aliasListing(), MilvusServiceGrpc.getListAliasesMethod(), this::list);
    }

    private Status create(Caller caller, CreateAliasRequest request) {
        FieldRules.name("collection alias", request.getAlias(), MAX_NAME);
        DatabaseModel database = answers.database(caller, request.getDbName());
        if (database.byOwnName(request.getAlias()).isPresent()) {
            throw new Refusal(
                            1601,
                            ErrorCode.UnexpectedError,
                            "alias and collection name conflict[database=" + database.name() + "][alias="
                                    + request.getAlias() + "]")
                    .saidIn22("cannot create alias, collection already exists with same name: " + request.getAlias());
        }
        CollectionModel collection = database.find(request.getCollectionName())
                .orElseThrow(() -> Refusal.noCollection(database.name(), request.getCollectionName())
                        .saidIn22("collection not exists: " + request.getCollectionName()));
        synchronized (database) {
            database.byAlias(request.getAlias()).ifPresent(other -> {
                if (other != collection) {
                    throw new Refusal(
                                    1602,
                                    ErrorCode.UnexpectedError,
                                    request.getAlias() + " is alias to another collection: " + other.name()
                                            + ": alias already exist[database=" + database.name() + "][alias="
                                            + request.getAlias() + "]")
                            .saidIn22("alias exists and already aliased to another collection, alias: "
                                    + request.getAlias() + ", collection: " + collection.name()
                                    + ", other collection: " + other.name());
                }
            });
            database.setAlias(request.getAlias(), collection);
        }
        return Answers.OK;
    }

    private Status alter(Caller caller, AlterAliasRequest request) {
        DatabaseModel database = answers.database(caller, request.getDbName());
        CollectionModel collection = database.require(request.getCollectionName());
        if (database.byAlias(request.getAlias()).isEmpty()) {
            throw Refusal.noAlias(database.name(), request.getAlias());
        }
        database.setAlias(request.getAlias(), collection);
        return Answers.OK;
    }

    /** Dropping an alias that is not there is no fault. */
    private Status drop(Caller caller, DropAliasRequest request) {
        answers.database(caller, request.getDbName()).removeAlias(request.getAlias());
        return Answers.OK;
    }

    private DescribeAliasResponse describe(Caller caller, DescribeAliasRequest request) {
        DatabaseModel database = answers.database(caller, request.getDbName());
        CollectionModel collection = database.byAlias(request.getAlias())
                .orElseThrow(() -> Refusal.noAlias(database.name(), request.getAlias()));
        return DescribeAliasResponse.newBuilder()
                .setStatus(Answers.OK)
                .setDbName(database.name())
                .setAlias(request.getAlias())
                .setCollection(collection.name())
                .build();
    }

    private ListAliasesResponse list(Caller caller, ListAliasesRequest request) {
        DatabaseModel database = answers.database(caller, request.getDbName());
        ListAliasesResponse.Builder answer = ListAliasesResponse.newBuilder().setStatus(Answers.OK);
        if (server.release().atLeast(2, 4, 0)) {
            answer.setDbName(database.name()).setCollectionName(request.getCollectionName());
        }
        return request.getCollectionName().isEmpty()
                ? answer.addAllAliases(database.aliases()).build()
                : answer.addAllAliases(
                                database.require(request.getCollectionName()).aliasNames())
                        .build();
    }
}
