package io.migrator.milvus.read;

import io.migrator.failure.Expected;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.failure.NearestName;
import io.migrator.format.meta.DatabaseInfo;
import io.migrator.milvus.calls.Action;
import io.migrator.milvus.calls.Answers;
import io.migrator.milvus.calls.Calls;
import io.migrator.milvus.calls.ServerVersion;
import io.migrator.milvus.schema.Protos;
import io.milvus.grpc.ClientInfo;
import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.DescribeDatabaseRequest;
import io.milvus.grpc.DescribeDatabaseResponse;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.GetVersionResponse;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.ListDatabasesResponse;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowCollectionsResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a server is and what it holds, by name. */
public final class Names {
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);

    /** Failures of one call, which say nothing of another. */
    private static final Set<Failure> SAYS_NO = EnumSet.of(Failure.UNSUPPORTED, Failure.SERVER_FAILED);

    private final Calls calls;
    private final String server;
    private @Nullable ServerVersion version;

    public Names(Calls calls, String server) {
        this.calls = calls;
        this.server = server;
    }

    public String server() {
        return server;
    }

    /** Asked once. */
    public synchronized ServerVersion version() {
        if (version == null) {
            version = askVersion();
        }
        return version;
    }

    /** Hosted servers may tell what they are in Connect alone; a server before 2.2.9 does not know that call. */
    private ServerVersion askVersion() {
        ServerVersion told;
        try {
            told = ServerVersion.parse(calls.ask(
                            connecting(),
                            stub -> stub.getVersion(GetVersionRequest.getDefaultInstance()),
                            GetVersionResponse::getStatus)
                    .getVersion());
        } catch (MigratorException e) {
            return connect(e).orElseThrow(() -> e);
        }
        return told.isRelease() ? told : connect(null).map(told::or).orElse(told);
    }

    /**
     * What Connect tells; empty where it tells nothing.
     *
     * @param instead why it is asked, where GetVersion failed: it is asked only if the server said no to that call alone
     */
    private Optional<ServerVersion> connect(@Nullable MigratorException instead) {
        if (instead != null && !SAYS_NO.contains(instead.failure())) {
            return Optional.empty();
        }
        ConnectRequest request = ConnectRequest.newBuilder()
                .setClientInfo(ClientInfo.newBuilder().setSdkType("migrator"))
                .build();
        return Expected.unless(
                SAYS_NO,
                () -> ServerVersion.parse(
                        calls.ask(connecting(), stub -> stub.connect(request), ConnectResponse::getStatus)
                                .getServerInfo()
                                .getBuildTags()));
    }

    private Action connecting() {
        return Action.server("connect to", server).within(FIRST_ANSWER);
    }

    /** The default database alone where the server is older than databases (2.2.7). */
    public List<String> databases() {
        Action action = Action.server("list the databases of", server);
        ListDatabasesRequest request = ListDatabasesRequest.getDefaultInstance();
        return Expected.unless(
                        Failure.UNSUPPORTED,
                        () -> calls.ask(action, stub -> stub.listDatabases(request), ListDatabasesResponse::getStatus))
                .map(answer -> List.copyOf(answer.getDbNamesList()))
                .orElse(List.of("default"));
    }

    List<String> collections(String database) {
        return List.copyOf(collectionIds(database).keySet());
    }

    /** Every collection of the database with its id, in the order of names; NOT_FOUND where there is no such database. */
    public SortedMap<String, Long> collectionIds(String database) {
        Action action = new Action("list the collections of database", database, database, Duration.ofSeconds(30));
        ShowCollectionsResponse answer = calls.tryAsk(
                action,
                stub -> stub.showCollections(
                        ShowCollectionsRequest.newBuilder().setDbName(database).build()),
                ShowCollectionsResponse::getStatus);
        if (Answers.noDatabase(answer.getStatus())) {
            throw missingDatabase(database);
        }
        if (!Answers.ok(answer.getStatus())) {
            throw calls.faults().refused(action, answer.getStatus());
        }
        SortedMap<String, Long> ids = new TreeMap<>();
        for (int i = 0; i < answer.getCollectionNamesCount(); i++) {
            ids.put(answer.getCollectionNames(i), answer.getCollectionIds(i));
        }
        return ids;
    }

    MigratorException missingDatabase(String database) {
        List<String> databases = databases();
        return MigratorException.unable(
                Failure.NOT_FOUND,
                "find database",
                database,
                "there is no such database at " + server,
                advice(NearestName.of(database, databases), "databases", databases));
    }

    /** What to do about a name that was not found. */
    static String advice(List<String> nearest, String what, List<String> all) {
        if (!nearest.isEmpty()) {
            return "Did you mean " + String.join(" or ", nearest) + "?";
        }
        if (all.isEmpty()) {
            return "There are no " + what + " there; check milvus.address and milvus.port.";
        }
        return all.size() == 1
                ? "There is only '" + all.get(0) + "'."
                : "There are " + all.size() + " " + what + ", such as " + all.get(0) + ".";
    }

    /** Id and properties, or NOT_FOUND; nothing but the name where the server is older than that call (2.4.3). */
    DatabaseInfo describeDatabase(String database) {
        if (!version().atLeast(2, 4, 3)) {
            return new DatabaseInfo(database, 0, List.of(), null);
        }
        Action action = new Action("describe database", database, database, Duration.ofSeconds(30));
        DescribeDatabaseResponse answer = calls.tryAsk(
                action,
                stub -> stub.describeDatabase(
                        DescribeDatabaseRequest.newBuilder().setDbName(database).build()),
                DescribeDatabaseResponse::getStatus);
        if (Answers.noDatabase(answer.getStatus())) {
            throw missingDatabase(database);
        }
        if (!Answers.ok(answer.getStatus())) {
            throw calls.faults().refused(action, answer.getStatus());
        }
        return new DatabaseInfo(database, answer.getDbID(), Protos.keyValues(answer.getPropertiesList()), null);
    }
}
