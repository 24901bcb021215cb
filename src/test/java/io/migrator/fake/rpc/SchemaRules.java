package io.migrator.fake.rpc;

import io.migrator.fake.model.Pairs;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.Release;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.FunctionType;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.StructArrayFieldSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a schema must be like, as proxy and root coordinator check it. */
@SuppressWarnings("deprecation") // the old code of a status
final class SchemaRules {
    /** Set to true, it keeps the server from asking the services behind functions when a collection is created. */
    static final String NO_RUNTIME_CHECK = "disable_func_runtime_check";

    private static final int MAX_FIELDS = 64;
    private static final int MAX_VECTOR_FIELDS = 4;
    private static final int MAX_NAME = 255;
    private static final Set<String> SYSTEM_FIELDS = Set.of("RowID", "Timestamp", "$meta");

    private final Release release;
    private final FieldRules fields;

    SchemaRules(Release release, FieldRules fields) {
        this.release = release;
        this.fields = fields;
    }

    void check(String collection, CollectionSchema schema, List<KeyValuePair> properties) {
        if (!collection.equals(schema.getName())) {
            throw new Refusal(
                            1100,
                            ErrorCode.IllegalArgument,
                            "collection name = " + collection + ", schema.Name=" + schema.getName()
                                    + ": invalid parameter[expected=collection name matches schema name][actual=don't match]")
                    .saidIn22("collection name = " + collection + ", schema.Name=" + schema.getName());
        }
        FieldRules.name("collection name", collection, MAX_NAME);
        List<FieldSchema> all = schema.getFieldsList();
        if (all.size() > MAX_FIELDS) {
            throw Refusal.wrong("maximum field's number should be limited to " + MAX_FIELDS);
        }
        String duplicate = Pairs.duplicate(properties);
        if (!duplicate.isEmpty()) {
            throw Refusal.wrong("duplicated property key \"" + duplicate + "\"");
        }
        names(schema);
        primaryKey(all);
        partitionKey(all);
        all.forEach(field -> fields.check(collection, field));
        vectors(schema);
        structs(collection, schema);
        functions(schema, properties);
    }

    private static void names(CollectionSchema schema) {
        Set<String> seen = new HashSet<>();
        Stream<String> names = Stream.concat(
                schema.getFieldsList().stream().map(FieldSchema::getName),
                schema.getStructArrayFieldsList().stream().map(StructArrayFieldSchema::getName));
        names.forEach(name -> {
            if (SYSTEM_FIELDS.contains(name)) {
                throw Refusal.wrong("schema don't contains system field contains: schema contains system field: "
                        + "RowID, Timestamp, $meta");
            }
            if (!seen.add(name)) {
                throw Refusal.wrong("duplicated field name");
            }
        });
    }

    private static void primaryKey(List<FieldSchema> all) {
        List<FieldSchema> keys =
                all.stream().filter(FieldSchema::getIsPrimaryKey).toList();
        if (keys.size() != 1) {
            throw Refusal.wrong(
                    keys.isEmpty() ? "primary key is not specified" : "there are more than one primary key");
        }
        DataType type = keys.get(0).getDataType();
        if (type != DataType.Int64 && type != DataType.VarChar) {
            throw Refusal.wrong("the data type of primary key should be Int64 or VarChar");
        }
    }

    private void partitionKey(List<FieldSchema> all) {
        List<FieldSchema> keys =
                all.stream().filter(FieldSchema::getIsPartitionKey).toList();
        if (keys.isEmpty()) {
            return;
        }
        if (!release.partitionKeys()) {
            throw Refusal.wrong("partition key is not supported");
        }
        if (keys.size() > 1) {
            throw Refusal.wrong("there are more than one partition key");
        }
        FieldSchema key = keys.get(0);
        if (key.getIsPrimaryKey()) {
            throw Refusal.wrong("the partition key field must not be primary field");
        }
        if (key.getDataType() != DataType.Int64 && key.getDataType() != DataType.VarChar) {
            throw Refusal.wrong("the data type of partition key should be Int64 or VarChar");
        }
    }

    private void vectors(CollectionSchema schema) {
        long count = schema.getFieldsList().stream().filter(FieldRules::vector).count();
        // A real 2.3.5 takes a collection without vectors.
        if (count == 0 && schema.getStructArrayFieldsCount() == 0 && release.manyVectorFields()) {
            throw Refusal.wrong("schema does not contain vector field");
        }
        if (count > 1 && !release.manyVectorFields()) {
            throw Refusal.unexpected("multiple vector fields is not supported, fields name: "
                    + schema.getFieldsList().stream()
                            .filter(FieldRules::vector)
                            .map(FieldSchema::getName)
                            .collect(Collectors.joining(", ")));
        }
        if (count > MAX_VECTOR_FIELDS) {
            throw Refusal.wrong("maximum vector field's number should be limited to " + MAX_VECTOR_FIELDS);
        }
    }

    private void structs(String collection, CollectionSchema schema) {
        for (StructArrayFieldSchema struct : schema.getStructArrayFieldsList()) {
            FieldRules.name("field name", struct.getName(), MAX_NAME);
            if (struct.getFieldsCount() == 0) {
                throw Refusal.wrong("struct array field " + struct.getName() + " has no sub-fields");
            }
            for (FieldSchema field : struct.getFieldsList()) {
                if (field.getDataType() != DataType.Array && field.getDataType() != DataType.ArrayOfVector) {
                    throw Refusal.wrong("Fields in StructArrayField can only be array or array of vector, but field "
                            + field.getName() + " is " + field.getDataType());
                }
                fields.check(collection, field);
            }
        }
    }

    private void functions(CollectionSchema schema, List<KeyValuePair> properties) {
        Set<String> names = new HashSet<>();
        for (FunctionSchema function : schema.getFunctionsList()) {
            if (function.getName().isEmpty() || !names.add(function.getName())) {
                throw Refusal.wrong("duplicate or empty function name: " + function.getName());
            }
            function.getInputFieldNamesList().forEach(name -> field(schema, function, name, "input"));
            for (String name : function.getOutputFieldNamesList()) {
                FieldSchema output = field(schema, function, name, "output");
                if (output.getIsPrimaryKey() || output.getIsPartitionKey() || output.getNullable()) {
                    throw Refusal.wrong(
                            "function output field cannot be primary key, partition key or nullable: function "
                                    + function.getName() + ", field " + name);
                }
            }
            if (function.getType() == FunctionType.BM25) {
                bm25(schema, function);
            } else {
                reachable(function, properties);
            }
        }
    }

    private static FieldSchema field(CollectionSchema schema, FunctionSchema function, String name, String side) {
        return schema.getFieldsList().stream()
                .filter(field -> field.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.wrong(
                        "function " + side + " field not found: function " + function.getName() + ", field " + name));
    }

    private static void bm25(CollectionSchema schema, FunctionSchema function) {
        if (function.getInputFieldNamesCount() != 1 || function.getOutputFieldNamesCount() != 1) {
            throw Refusal.wrong("BM25 function should have exactly one input field and exactly one output field");
        }
        FieldSchema input = field(schema, function, function.getInputFieldNames(0), "input");
        if (input.getDataType() != DataType.VarChar
                || !Pairs.value(input.getTypeParamsList(), "enable_analyzer").equals("true")) {
            throw Refusal.wrong("BM25 function input field must be a VARCHAR field with enable_analyzer: function "
                    + function.getName() + ", field " + input.getName());
        }
        FieldSchema output = field(schema, function, function.getOutputFieldNames(0), "output");
        if (output.getDataType() != DataType.SparseFloatVector) {
            throw Refusal.wrong(
                    "BM25 function output field must be a SPARSE_FLOAT_VECTOR field, but got " + output.getDataType());
        }
    }

    /** No service behind a function is ever there: nobody configured one on this server. */
    private void reachable(FunctionSchema function, List<KeyValuePair> properties) {
        boolean checked = !Pairs.value(properties, NO_RUNTIME_CHECK).equals("true");
        if (release.functionRuntimeCheck() && checked) {
            throw Refusal.wrong("Check function [" + function.getName() + ":" + function.getType()
                    + "] failed, the err is: the apikey is missing");
        }
    }
}
