package io.migrator.fake.rpc;

import io.migrator.fake.model.DatabaseModel;
import io.migrator.fake.model.Pairs;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.Release;
import io.migrator.fake.model.ServerModel;
import io.milvus.grpc.AlterDatabaseRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.DescribeDatabaseRequest;
import io.milvus.grpc.DescribeDatabaseResponse;
import io.milvus.grpc.DropDatabaseRequest;
import io.milvus.grpc.ListDatabasesResponse;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.Status;
import java.util.Comparator;
import java.util.List;

final class DatabaseCalls implements Calls {
    private static final int MAX_NAME = 255;

    private final ServerModel server;

    DatabaseCalls(ServerModel server) {
        this.server = server;
    }

    @Override
    public void bind(Rpcs rpcs) {
        Release release = server.release();
        rpcs.on(release.databases(), MilvusServiceGrpc.getListDatabasesMethod(), (caller, request) -> list());
        rpcs.on(release.databases(), MilvusServiceGrpc.getCreateDatabaseMethod(), (caller, request) -> create(request));
        rpcs.on(release.databases(), MilvusServiceGrpc.getDropDatabaseMethod(), (caller, request) -> drop(request));
        rpcs.on(release.databaseProperties(), MilvusServiceGrpc.getDescribeDatabaseMethod(), this::describe);
        rpcs.on(
                release.databaseProperties(),
                MilvusServiceGrpc.getAlterDatabaseMethod(),
                (caller, request) -> alter(request));
    }

    private ListDatabasesResponse list() {
        ListDatabasesResponse.Builder answer =
                ListDatabasesResponse.newBuilder().setStatus(Answers.OK);
        List<DatabaseModel> all = server.databases().stream()
                .sorted(Comparator.comparingLong(DatabaseModel::createdTimestamp))
                .toList();
        for (DatabaseModel database : all) {
            answer.addDbNames(database.name());
            if (server.release().newStatusCodes()) {
                answer.addCreatedTimestamp(database.createdTimestamp());
            }
            if (server.release().databaseProperties()) {
                answer.addDbIds(database.id());
            }
        }
        return answer.build();
    }

    private Status create(CreateDatabaseRequest request) {
        FieldRules.name("database name", request.getDbName(), MAX_NAME);
        server.createDatabase(
                request.getDbName(), server.release().databaseProperties() ? request.getPropertiesList() : List.of());
        return Answers.OK;
    }

    private Status drop(DropDatabaseRequest request) {
        if (request.getDbName().equals(ServerModel.DEFAULT_DATABASE)) {
            throw Refusal.wrong("can not drop default database");
        }
        // Dropping what is not there is no fault.
        server.database(request.getDbName()).ifPresent(database -> {
            if (!database.collections().isEmpty()) {
                throw Refusal.unexpected(
                        "database:" + database.name() + " not empty, must drop all collections before drop database");
            }
            server.dropDatabase(database);
        });
        return Answers.OK;
    }

    private DescribeDatabaseResponse describe(Caller caller, DescribeDatabaseRequest request) {
        DatabaseModel database = server.requireDatabase(caller.databaseOf(request.getDbName()));
        return DescribeDatabaseResponse.newBuilder()
                .setStatus(Answers.OK)
                .setDbName(database.name())
                .setDbID(database.id())
                .setCreatedTimestamp(database.createdTimestamp())
                .addAllProperties(database.properties())
                .build();
    }

    private Status alter(AlterDatabaseRequest request) {
        DatabaseModel database = server.requireDatabase(request.getDbName());
        if (request.getPropertiesCount() == 0 && request.getDeleteKeysCount() == 0) {
            throw Refusal.invalid(
                    "alter database requires either properties or deletekeys to modify or delete keys, both"
                            + " cannot be empty");
        }
        database.setProperties(
                Pairs.changed(database.properties(), request.getPropertiesList(), request.getDeleteKeysList()));
        return Answers.OK;
    }
}
