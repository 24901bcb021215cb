package io.migrator.fake.rpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.migrator.fake.model.CollectionModel;
import io.migrator.fake.model.Pairs;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.ServerModel;
import io.milvus.grpc.AddCollectionFieldRequest;
import io.milvus.grpc.AlterCollectionFieldRequest;
import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.Status;
import java.util.List;

/** Changes collections that are there. */
@SuppressWarnings("deprecation") // the old code of a status
final class ChangeCalls implements Calls {
    private final ServerModel server;
    private final Answers answers;
    private final FieldRules rules;
    private final Numbering numbering;

    ChangeCalls(ServerModel server, FieldRules rules, Numbering numbering) {
        this.server = server;
        this.answers = new Answers(server);
        this.rules = rules;
        this.numbering = numbering;
    }

    @Override
    public void bind(Rpcs rpcs) {
        rpcs.on(MilvusServiceGrpc.getAlterCollectionMethod(), this::alter);
        rpcs.on(
                server.release().nullableAndFunctions(),
                MilvusServiceGrpc.getAlterCollectionFieldMethod(),
                this::alterField);
        rpcs.on(server.release().addField(), MilvusServiceGrpc.getAddCollectionFieldMethod(), this::addField);
    }

    private Status alter(Caller caller, AlterCollectionRequest request) {
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getCollectionName());
        boolean changesMmap =
                request.getPropertiesList().stream().map(KeyValuePair::getKey).anyMatch("mmap.enabled"::equals)
                        || request.getDeleteKeysList().contains("mmap.enabled");
        if (changesMmap && collection.loaded().anything()) {
            throw new Refusal(
                    104,
                    ErrorCode.UnexpectedError,
                    "can not alter mmap properties if collection loaded: collection already loaded[collection="
                            + collection.name() + "]");
        }
        List<String> removed = server.release().nullableAndFunctions() ? request.getDeleteKeysList() : List.of();
        collection.define(
                collection.schema(),
                Pairs.changed(collection.properties(), request.getPropertiesList(), removed),
                server.ids().timestamp());
        return Answers.OK;
    }

    private Status alterField(Caller caller, AlterCollectionFieldRequest request) {
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getCollectionName());
        FieldSchema field = collection
                .field(request.getFieldName())
                .orElseThrow(
                        () -> Refusal.invalid("field " + request.getFieldName() + " does not exist in collection"));
        List<KeyValuePair> params =
                Pairs.changed(field.getTypeParamsList(), request.getPropertiesList(), request.getDeleteKeysList());
        FieldSchema changed =
                field.toBuilder().clearTypeParams().addAllTypeParams(params).build();
        rules.check(collection.name(), changed);
        CollectionSchema.Builder schema = collection.schema().toBuilder();
        schema.setFields(collection.schema().getFieldsList().indexOf(field), changed);
        collection.define(schema.build(), collection.properties(), server.ids().timestamp());
        return Answers.OK;
    }

    private Status addField(Caller caller, AddCollectionFieldRequest request) {
        CollectionModel collection = answers.collection(caller, request.getDbName(), request.getCollectionName());
        FieldSchema field = parse(request);
        String name = ", field name = " + field.getName();
        if (field.getIsPrimaryKey()) {
            throw Refusal.invalid("not support to add pk field" + name);
        }
        if (field.getIsPartitionKey()) {
            throw Refusal.invalid("not support to add partition key field" + name);
        }
        if (FieldRules.vector(field)) {
            throw Refusal.invalid("not support to add vector field" + name);
        }
        if (!field.getNullable()) {
            throw Refusal.invalid("added field must be nullable, please check it" + name);
        }
        if (field.getName().equals(Numbering.META)
                || collection.field(field.getName()).isPresent()) {
            throw Refusal.invalid("duplicate field name: " + field.getName());
        }
        rules.check(collection.name(), field);
        synchronized (collection) {
            collection.define(
                    numbering.add(collection.schema(), field),
                    collection.properties(),
                    server.ids().timestamp());
        }
        return Answers.OK;
    }

    private static FieldSchema parse(AddCollectionFieldRequest request) {
        try {
            return FieldSchema.parseFrom(request.getSchema());
        } catch (InvalidProtocolBufferException e) {
            throw Refusal.unexpected("proto: cannot parse invalid wire-format data");
        }
    }
}
