package io.migrator.fake.rpc;

import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.IndexModel;
import io.migrator.fake.model.Pairs;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.ServerModel;
import io.milvus.grpc.AlterIndexRequest;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.DescribeIndexResponse;
import io.milvus.grpc.DropIndexRequest;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.IndexDescription;
import io.milvus.grpc.IndexState;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.Status;
import io.milvus.grpc.StructArrayFieldSchema;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

final class IndexCalls implements Calls {
    private static final int MAX_NAME = 255;

    private final ServerModel server;
    private final Answers answers;
    private final IndexRules rules;

    IndexCalls(ServerModel server) {
        this.server = server;
        this.answers = new Answers(server);
        this.rules = new IndexRules(server.release());
    }

    @Override
    public void bind(Rpcs rpcs) {
        rpcs.on(MilvusServiceGrpc.getCreateIndexMethod(), this::create);
        rpcs.on(MilvusServiceGrpc.getDescribeIndexMethod(), this::describe);
        rpcs.on(MilvusServiceGrpc.getDropIndexMethod(), this::drop);
        rpcs.on(server.release().atLeast(2, 4, 0), MilvusServiceGrpc.getAlterIndexMethod(), this::alter);
    }

    private Status create(Caller caller, CreateIndexRequest request) {
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getCollectionName());
        FieldSchema field = field(collection, request.getFieldName());
        List<KeyValuePair> params = rules.checked(field, request.getExtraParamsList());
        String name = request.getIndexName().isEmpty() ? usualName(field) : request.getIndexName();
        if (!request.getIndexName().isEmpty()) {
            FieldRules.name("index name", name, MAX_NAME);
        }
        synchronized (collection) {
            for (IndexModel other : collection.indexes()) {
                if (isAgain(other, name, field, params)) {
                    return Answers.OK;
                }
            }
            collection.add(new IndexModel(server.ids().next(), name, field.getName(), params));
        }
        return Answers.OK;
    }

    private String usualName(FieldSchema field) {
        return server.release().newStatusCodes() ? field.getName() : "_default_idx_" + field.getFieldID();
    }

    /** Whether it is the same index once more, which is no fault; another one in its place is. */
    private boolean isAgain(IndexModel other, String name, FieldSchema field, List<KeyValuePair> params) {
        boolean sameField = other.fieldName().equals(field.getName())
                && other.param("json_path").equals(Pairs.value(params, "json_path"));
        boolean sameName = other.name().equals(name);
        if (sameField && sameName && Set.copyOf(other.params()).equals(Set.copyOf(params))) {
            return true;
        }
        if (sameField) {
            throw Refusal.unexpected("CreateIndex failed: at most one distinct index is allowed per field");
        }
        if (sameName) {
            throw Refusal.unexpected("CreateIndex failed: index already exists: " + name);
        }
        return false;
    }

    private static FieldSchema field(CollectionModel collection, String name) {
        Stream<FieldSchema> inStructs = collection.schema().getStructArrayFieldsList().stream()
                .map(StructArrayFieldSchema::getFieldsList)
                .flatMap(List::stream);
        return Stream.concat(collection.schema().getFieldsList().stream(), inStructs)
                .filter(field -> field.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.unexpected("cannot create index on non-exist field: " + name));
    }

    /** By index name; a field name is not looked at, which a real 2.3.5 was seen to do. */
    private DescribeIndexResponse describe(Caller caller, DescribeIndexRequest request) {
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getCollectionName());
        long rows = DescribeCalls.rows(server, collection, -1);
        List<IndexDescription> found = collection.indexes().stream()
                .filter(index ->
                        request.getIndexName().isEmpty() || index.name().equals(request.getIndexName()))
                .map(index -> describe(index, rows))
                .toList();
        if (found.isEmpty()) {
            throw Refusal.noIndex(collection.name()).saidIn22("index doesn't exist, collectionID " + collection.id());
        }
        return DescribeIndexResponse.newBuilder()
                .setStatus(Answers.OK)
                .addAllIndexDescriptions(found)
                .build();
    }

    private static IndexDescription describe(IndexModel index, long rows) {
        return IndexDescription.newBuilder()
                .setIndexName(index.name())
                .setIndexID(index.id())
                .setFieldName(index.fieldName())
                .addAllParams(index.params())
                .setIndexedRows(rows)
                .setTotalRows(rows)
                .setState(IndexState.Finished)
                .build();
    }

    private Status drop(Caller caller, DropIndexRequest request) {
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getCollectionName());
        if (collection.loaded().anything()) {
            throw Refusal.unexpected("index cannot be dropped, collection is loaded, please release it first");
        }
        // Dropping what is not there is no fault.
        collection.indexes().stream()
                .filter(index -> request.getIndexName().isEmpty()
                        ? request.getFieldName().isEmpty() || index.fieldName().equals(request.getFieldName())
                        : index.name().equals(request.getIndexName()))
                .forEach(collection::remove);
        return Answers.OK;
    }

    private Status alter(Caller caller, AlterIndexRequest request) {
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getCollectionName());
        IndexModel index = collection.indexes().stream()
                .filter(each -> each.name().equals(request.getIndexName()))
                .findFirst()
                .orElseThrow(() -> Refusal.noIndex(collection.name()));
        collection.add(new IndexModel(
                index.id(),
                index.name(),
                index.fieldName(),
                Pairs.changed(index.params(), request.getExtraParamsList(), request.getDeleteKeysList())));
        return Answers.OK;
    }
}
