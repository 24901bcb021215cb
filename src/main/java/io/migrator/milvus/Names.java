package io.migrator.milvus;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.GetVersionResponse;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.ListDatabasesResponse;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowCollectionsResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a server is and what it holds, by name. */
final class Names {
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);

    private final Calls calls;
    private final String server;
    private @Nullable ServerVersion version;

    Names(Calls calls, String server) {
        this.calls = calls;
        this.server = server;
    }

    String server() {
        return server;
    }

    /** Asked once. */
    synchronized ServerVersion version() {
        if (version == null) {
            version = ServerVersion.parse(calls.ask(
                            Action.server("connect to", server).within(FIRST_ANSWER),
                            stub -> stub.getVersion(GetVersionRequest.getDefaultInstance()),
                            GetVersionResponse::getStatus)
                    .getVersion());
        }
        return version;
    }

    /** The default database alone where the server is older than databases (2.2.7). */
    List<String> databases() {
        try {
            return List.copyOf(calls.ask(
                            Action.server("list the databases of", server),
                            stub -> stub.listDatabases(ListDatabasesRequest.getDefaultInstance()),
                            ListDatabasesResponse::getStatus)
                    .getDbNamesList());
        } catch (MigratorException e) {
            if (e.failure() == Failure.UNSUPPORTED) {
                return List.of("default");
            }
            throw e;
        }
    }

    List<String> collections(String database) {
        return List.copyOf(calls.ask(
                        new Action("list the collections of database", database, database, Duration.ofSeconds(30)),
                        stub -> stub.showCollections(ShowCollectionsRequest.newBuilder()
                                .setDbName(database)
                                .build()),
                        ShowCollectionsResponse::getStatus)
                .getCollectionNamesList());
    }
}
