package io.migrator.fake.rpc;

import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.DatabaseModel;
import io.migrator.fake.model.ServerModel;
import io.milvus.grpc.Status;

/** What most calls need: the status OK, and the database and collection that are meant. */
record Answers(ServerModel server) {
    static final Status OK = Status.getDefaultInstance();

    /** Releases without databases know the default one only and ignore what a request says. */
    DatabaseModel database(Caller caller, String requested) {
        return server.requireDatabase(
                server.release().databases() ? caller.databaseOf(requested) : ServerModel.DEFAULT_DATABASE);
    }

    CollectionModel collection(Caller caller, String database, String collection) {
        return database(caller, database).require(collection);
    }
}
