package io.migrator.milvus.schema;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.StructArrayFieldSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which fields a collection is created with and which are added afterwards, so that all get the ids they had. Servers
 * ignore the ids they are sent: they number the fields by position from 100 on, then the hidden dynamic field, then each
 * struct array with its fields; a field added later gets the next number. An import finds a field's files by its id.
 *
 * @param first fields to create the collection with
 * @param late fields to add to it, in this order
 * @param structs struct arrays to create it with
 */
record FieldOrder(List<FieldSchema> first, List<FieldSchema> late, List<StructArrayFieldSchema> structs) {
    private static final String DYNAMIC_FIELD = "$meta";
    private static final long FIRST_FIELD_ID = 100;

    /**
     * Puts the fields of a schema in order.
     *
     * @param thing the collection to be, for messages
     * @throws MigratorException UNSUPPORTED where no order gives the fields the ids they had
     */
    static FieldOrder of(String thing, CollectionSchema schema) {
        List<FieldSchema> listed = schema.getFieldsList().stream()
                .filter(field -> !hidden(field))
                .sorted(Comparator.comparingLong(FieldSchema::getFieldID))
                .toList();
        List<StructArrayFieldSchema> structs = schema.getStructArrayFieldsList().stream()
                .sorted(Comparator.comparingLong(StructArrayFieldSchema::getFieldID))
                .toList();
        int created = 0;
        while (created < listed.size() && listed.get(created).getFieldID() == FIRST_FIELD_ID + created) {
            created++;
        }
        FieldOrder order =
                new FieldOrder(listed.subList(0, created), listed.subList(created, listed.size()), sorted(structs));
        order.requireNumbers(thing, schema);
        return order;
    }

    static boolean hidden(FieldSchema field) {
        return field.getIsDynamic() || field.getName().equals(DYNAMIC_FIELD);
    }

    private static List<StructArrayFieldSchema> sorted(List<StructArrayFieldSchema> structs) {
        List<StructArrayFieldSchema> sorted = new ArrayList<>();
        for (StructArrayFieldSchema struct : structs) {
            List<FieldSchema> fields = struct.getFieldsList().stream()
                    .sorted(Comparator.comparingLong(FieldSchema::getFieldID))
                    .toList();
            sorted.add(struct.toBuilder().clearFields().addAllFields(fields).build());
        }
        return sorted;
    }

    private void requireNumbers(String thing, CollectionSchema schema) {
        long next = FIRST_FIELD_ID + first.size();
        for (FieldSchema field : schema.getFieldsList()) {
            if (hidden(field)) {
                requireId(thing, field.getName(), field.getFieldID(), next);
            }
        }
        boolean dynamic = schema.getEnableDynamicField()
                || schema.getFieldsList().stream().anyMatch(FieldOrder::hidden);
        next += dynamic ? 1 : 0;
        for (StructArrayFieldSchema struct : structs) {
            requireId(thing, struct.getName(), struct.getFieldID(), next++);
            for (FieldSchema field : struct.getFieldsList()) {
                requireId(thing, struct.getName() + "." + field.getName(), field.getFieldID(), next++);
            }
        }
        for (FieldSchema field : late) {
            requireId(thing, field.getName(), field.getFieldID(), next++);
        }
    }

    static void requireId(String thing, String field, long source, long target) {
        if (source != target) {
            throw MigratorException.unable(
                    Failure.UNSUPPORTED,
                    "create collection",
                    thing,
                    "field '" + field + "' has id " + source + " in the backup and would get " + target
                            + ", and an import finds a field's files by its id"
                            + " (fields were added to or dropped from the source collection)",
                    "Copy the collection's rows into a new collection at the source and back that up.");
        }
    }
}
