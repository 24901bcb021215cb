package io.migrator.fake.rpc;

import com.google.protobuf.ByteString;
import io.migrator.fake.model.Release;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FieldState;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.StructArrayFieldSchema;
import io.milvus.grpc.ValueField;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives fields and functions their ids, by position and whatever ids were sent, as the root coordinator does: fields,
 * {@code $meta}, then each struct array field followed by its sub fields. A real 2.3.5 was seen to do so; struct arrays
 * are from 2.6's source.
 */
final class Numbering {
    static final String META = "$meta";
    private static final long FIRST_USER_ID = 100;

    private final Release release;

    Numbering(Release release) {
        this.release = release;
    }

    /** The schema as the server keeps it: numbered, with {@code $meta}, without what its release does not know. */
    @SuppressWarnings("deprecation") // the schema's own autoID, which the server clears
    CollectionSchema number(CollectionSchema sent) {
        CollectionSchema.Builder schema = sent.toBuilder().setAutoID(false).clearFields();
        long next = FIRST_USER_ID;
        Map<String, Long> ids = new HashMap<>();
        for (FieldSchema field : sent.getFieldsList()) {
            ids.put(field.getName(), next);
            schema.addFields(known(field).setFieldID(next++));
        }
        if (sent.getEnableDynamicField()) {
            schema.addFields(meta().setFieldID(next++));
        }
        schema.clearStructArrayFields();
        if (release.structArrays()) {
            for (StructArrayFieldSchema struct : sent.getStructArrayFieldsList()) {
                StructArrayFieldSchema.Builder numbered =
                        struct.toBuilder().setFieldID(next++).clearFields();
                for (FieldSchema field : struct.getFieldsList()) {
                    ids.put(field.getName(), next);
                    numbered.addFields(known(field).setFieldID(next++));
                }
                schema.addStructArrayFields(numbered);
            }
        }
        schema.clearFunctions();
        if (release.nullableAndFunctions()) {
            long function = FIRST_USER_ID;
            for (FunctionSchema each : sent.getFunctionsList()) {
                schema.addFunctions(number(each, function++, ids));
            }
        }
        return schema.build();
    }

    private static FunctionSchema number(FunctionSchema function, long id, Map<String, Long> fieldIds) {
        FunctionSchema.Builder numbered =
                function.toBuilder().setId(id).clearInputFieldIds().clearOutputFieldIds();
        function.getInputFieldNamesList().forEach(name -> numbered.addInputFieldIds(fieldIds.get(name)));
        function.getOutputFieldNamesList().forEach(name -> numbered.addOutputFieldIds(fieldIds.get(name)));
        return numbered.build();
    }

    private FieldSchema.Builder known(FieldSchema field) {
        FieldSchema.Builder known = field.toBuilder().setState(FieldState.FieldCreated);
        if (!release.nullableAndFunctions()) {
            known.clearNullable().clearIsFunctionOutput();
        }
        return release.atLeast(2, 4, 0) ? known : known.clearIsClusteringKey();
    }

    private FieldSchema.Builder meta() {
        FieldSchema.Builder meta = FieldSchema.newBuilder()
                .setName(META)
                .setDescription("dynamic schema")
                .setDataType(DataType.JSON)
                .setIsDynamic(true);
        if (release.addField()) {
            meta.setNullable(true).setDefaultValue(ValueField.newBuilder().setBytesData(ByteString.copyFromUtf8("{}")));
        }
        return meta;
    }

    /** The schema with one more field, numbered behind all others, {@code $meta} and struct arrays too. */
    CollectionSchema add(CollectionSchema schema, FieldSchema field) {
        long highest = FIRST_USER_ID - 1;
        for (FieldSchema each : schema.getFieldsList()) {
            highest = Math.max(highest, each.getFieldID());
        }
        for (StructArrayFieldSchema struct : schema.getStructArrayFieldsList()) {
            highest = Math.max(highest, struct.getFieldID());
            for (FieldSchema each : struct.getFieldsList()) {
                highest = Math.max(highest, each.getFieldID());
            }
        }
        return schema.toBuilder()
                .addFields(known(field).setFieldID(highest + 1))
                .setVersion(schema.getVersion() + 1)
                .build();
    }
}
