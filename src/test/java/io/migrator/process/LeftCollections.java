package io.migrator.process;

import io.migrator.lab.LabClient;
import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.DropDatabaseRequest;
import io.milvus.grpc.ListAliasesRequest;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.ShowCollectionsRequest;
import java.util.Set;

/**
 * What a test class leaves in a Milvus that others use after it: a loaded collection costs the server half a percent of a
 * processor for as long as it is there.
 */
record LeftCollections(LabClient client) {
    /** @param kept collections of database {@code default} that stay */
    void drop(Set<String> kept) {
        for (String database : client.stub()
                .listDatabases(ListDatabasesRequest.getDefaultInstance())
                .getDbNamesList()) {
            boolean usual = database.equals("default");
            for (String name : client.stub()
                    .showCollections(ShowCollectionsRequest.newBuilder()
                            .setDbName(database)
                            .build())
                    .getCollectionNamesList()) {
                if (!usual || !kept.contains(name)) {
                    drop(database, name);
                }
            }
            if (!usual) {
                LabClient.require(client.stub()
                        .dropDatabase(DropDatabaseRequest.newBuilder()
                                .setDbName(database)
                                .build()));
            }
        }
    }

    private void drop(String database, String name) {
        client.stub()
                .listAliases(ListAliasesRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(name)
                        .build())
                .getAliasesList()
                .forEach(alias -> LabClient.require(client.stub()
                        .dropAlias(DropAliasRequest.newBuilder()
                                .setDbName(database)
                                .setAlias(alias)
                                .build())));
        LabClient.require(client.stub()
                .dropCollection(DropCollectionRequest.newBuilder()
                        .setDbName(database)
                        .setCollectionName(name)
                        .build()));
    }
}
