package io.migrator.fake.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.DatabaseModel;
import io.migrator.fake.model.NewCollection;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.Release;
import io.migrator.fake.model.ServerModel;
import io.milvus.grpc.BoolResponse;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.HasCollectionRequest;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.RenameCollectionRequest;
import io.milvus.grpc.Status;
import java.util.Set;

/** Makes, finds, renames and drops collections. */
@SuppressWarnings("deprecation") // the old code of a status
final class CollectionCalls implements Calls {
    private static final int MAX_NAME = 255;
    private static final int MAX_SHARDS = 16;
    private static final int MAX_PARTITIONS = 1024;

    private final ServerModel server;
    private final Answers answers;
    private final SchemaRules rules;
    private final Numbering numbering;

    CollectionCalls(ServerModel server, SchemaRules rules, Numbering numbering) {
        this.server = server;
        this.answers = new Answers(server);
        this.rules = rules;
        this.numbering = numbering;
    }

    @Override
    public void bind(Rpcs rpcs) {
        rpcs.on(MilvusServiceGrpc.getCreateCollectionMethod(), this::create);
        rpcs.on(MilvusServiceGrpc.getHasCollectionMethod(), this::has);
        rpcs.on(MilvusServiceGrpc.getDropCollectionMethod(), this::drop);
        rpcs.on(server.release().rename(), MilvusServiceGrpc.getRenameCollectionMethod(), this::rename);
    }

    private Status create(Caller caller, CreateCollectionRequest request) {
        create(answers.database(caller, request.getDbName()), request);
        return Answers.OK;
    }

    /** Checks the request as the server does and makes the collection; one that is there and equal is given back. */
    CollectionModel create(DatabaseModel database, CreateCollectionRequest request) {
        CollectionSchema sent = parse(request);
        rules.check(request.getCollectionName(), sent, request.getPropertiesList());
        int partitions = partitions(request, sent);
        if (request.getShardsNum() > MAX_SHARDS) {
            throw Refusal.wrong("maximum shards's number should be limited to " + MAX_SHARDS);
        }
        NewCollection made = new NewCollection(
                database,
                numbering.number(sent),
                request.getPropertiesList(),
                request.getConsistencyLevel(),
                Math.max(1, request.getShardsNum()),
                partitions);
        if (database.byAlias(request.getCollectionName()).isPresent()) {
            if (!server.release().atLeast(2, 4, 0)) {
                throw duplicate(request.getCollectionName());
            }
            throw new Refusal(
                    1601,
                    ErrorCode.UnexpectedError,
                    "collection name [" + request.getCollectionName() + "] conflicts with an existing alias,"
                            + " please choose a unique name");
        }
        return server.create(made).orElseGet(() -> sameAs(database, made));
    }

    private static CollectionSchema parse(CreateCollectionRequest request) {
        try {
            return CollectionSchema.parseFrom(request.getSchema());
        } catch (InvalidProtocolBufferException e) {
            throw Refusal.unexpected("proto:\u00a0cannot parse invalid wire-format data");
        }
    }

    private int partitions(CreateCollectionRequest request, CollectionSchema schema) {
        boolean key = schema.getFieldsList().stream().anyMatch(FieldSchema::getIsPartitionKey);
        if (!key) {
            if (request.getNumPartitions() > 0) {
                throw Refusal.unexpected("num_partitions should only be specified with partition key field enabled");
            }
            return 0;
        }
        if (request.getNumPartitions() > MAX_PARTITIONS) {
            throw Refusal.invalid("partition number (" + request.getNumPartitions() + ") exceeds max configuration ("
                    + MAX_PARTITIONS + ")");
        }
        int usual = server.release().atLeast(2, 4, 0) ? 16 : 64;
        return request.getNumPartitions() == 0 ? usual : (int) request.getNumPartitions();
    }

    /** Making what is there with the same definition is no fault. */
    private CollectionModel sameAs(DatabaseModel database, NewCollection made) {
        CollectionModel there = database.require(made.schema().getName());
        boolean same = there.schema().equals(made.schema())
                && there.channels().size() == made.shards()
                && Set.copyOf(there.properties()).equals(Set.copyOf(made.properties()));
        if (!same) {
            throw duplicate(made.schema().getName());
        }
        return there;
    }

    private static Refusal duplicate(String name) {
        return Refusal.unexpected("create duplicate collection with different parameters, collection: " + name);
    }

    private BoolResponse has(Caller caller, HasCollectionRequest request) {
        FieldRules.name("collection name", request.getCollectionName(), MAX_NAME);
        return BoolResponse.newBuilder()
                .setStatus(Answers.OK)
                .setValue(answers.database(caller, request.getDbName())
                        .find(request.getCollectionName())
                        .isPresent())
                .build();
    }

    private Status drop(Caller caller, DropCollectionRequest request) {
        FieldRules.name("collection name", request.getCollectionName(), MAX_NAME);
        DatabaseModel database = answers.database(caller, request.getDbName());
        if (database.byAlias(request.getCollectionName()).isPresent()) {
            throw Refusal.wrong("cannot drop the collection via alias = " + request.getCollectionName());
        }
        Release release = server.release();
        CollectionModel collection =
                database.byOwnName(request.getCollectionName()).orElse(null);
        if (collection == null) {
            return Answers.OK;
        }
        if (release.atLeast(2, 4, 0) && !collection.aliasNames().isEmpty()) {
            throw Refusal.invalid("unable to drop the collection [" + collection.name()
                    + "] because it has associated aliases " + collection.aliasNames()
                    + ", please remove all aliases before dropping the collection");
        }
        server.drop(collection);
        return Answers.OK;
    }

    private Status rename(Caller caller, RenameCollectionRequest request) {
        FieldRules.name("collection name", request.getNewName(), MAX_NAME);
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getOldName());
        DatabaseModel target = request.getNewDBName().isEmpty()
                ? collection.database()
                : server.requireDatabase(request.getNewDBName());
        if (!server.rename(collection, target, request.getNewName())) {
            throw Refusal.unexpected("duplicated new collection name " + request.getNewName() + " in database "
                    + target.name() + " with other collection name or alias");
        }
        return Answers.OK;
    }
}
