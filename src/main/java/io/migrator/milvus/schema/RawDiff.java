package io.migrator.milvus.schema;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.migrator.milvus.schema.SchemaDifference.Change;
import io.migrator.milvus.schema.SchemaDifference.Part;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionSchema;
import io.milvus.grpc.StructArrayFieldSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares what only Milvus' own bytes tell of two schemas: attributes that milvus-backup's form does not have, such as
 * the clustering key, and those that this program does not know. What {@link SchemaDiff} compares is left out here.
 */
final class RawDiff {
    private static final Set<Integer> SCHEMA = Set.of(
            CollectionSchema.NAME_FIELD_NUMBER,
            CollectionSchema.DESCRIPTION_FIELD_NUMBER,
            CollectionSchema.AUTOID_FIELD_NUMBER,
            CollectionSchema.FIELDS_FIELD_NUMBER,
            CollectionSchema.ENABLE_DYNAMIC_FIELD_FIELD_NUMBER,
            CollectionSchema.PROPERTIES_FIELD_NUMBER,
            CollectionSchema.FUNCTIONS_FIELD_NUMBER,
            CollectionSchema.DBNAME_FIELD_NUMBER,
            CollectionSchema.STRUCT_ARRAY_FIELDS_FIELD_NUMBER,
            // Counts the changes of a schema.
            CollectionSchema.VERSION_FIELD_NUMBER);
    /** The state is the server's. */
    private static final Set<Integer> FIELD = Set.of(
            FieldSchema.FIELDID_FIELD_NUMBER,
            FieldSchema.NAME_FIELD_NUMBER,
            FieldSchema.IS_PRIMARY_KEY_FIELD_NUMBER,
            FieldSchema.DESCRIPTION_FIELD_NUMBER,
            FieldSchema.DATA_TYPE_FIELD_NUMBER,
            FieldSchema.TYPE_PARAMS_FIELD_NUMBER,
            FieldSchema.INDEX_PARAMS_FIELD_NUMBER,
            FieldSchema.AUTOID_FIELD_NUMBER,
            FieldSchema.STATE_FIELD_NUMBER,
            FieldSchema.ELEMENT_TYPE_FIELD_NUMBER,
            FieldSchema.DEFAULT_VALUE_FIELD_NUMBER,
            FieldSchema.IS_DYNAMIC_FIELD_NUMBER,
            FieldSchema.IS_PARTITION_KEY_FIELD_NUMBER,
            FieldSchema.NULLABLE_FIELD_NUMBER,
            FieldSchema.IS_FUNCTION_OUTPUT_FIELD_NUMBER);

    private static final Set<Integer> STRUCT = Set.of(
            StructArrayFieldSchema.FIELDID_FIELD_NUMBER,
            StructArrayFieldSchema.NAME_FIELD_NUMBER,
            StructArrayFieldSchema.DESCRIPTION_FIELD_NUMBER,
            StructArrayFieldSchema.FIELDS_FIELD_NUMBER);
    /** Ids are given by position. */
    private static final Set<Integer> FUNCTION = Set.of(
            FunctionSchema.NAME_FIELD_NUMBER,
            FunctionSchema.ID_FIELD_NUMBER,
            FunctionSchema.DESCRIPTION_FIELD_NUMBER,
            FunctionSchema.TYPE_FIELD_NUMBER,
            FunctionSchema.INPUT_FIELD_NAMES_FIELD_NUMBER,
            FunctionSchema.INPUT_FIELD_IDS_FIELD_NUMBER,
            FunctionSchema.OUTPUT_FIELD_NAMES_FIELD_NUMBER,
            FunctionSchema.OUTPUT_FIELD_IDS_FIELD_NUMBER,
            FunctionSchema.PARAMS_FIELD_NUMBER);

    private final List<SchemaDifference> differences = new ArrayList<>();

    private RawDiff() {}

    static List<SchemaDifference> between(CollectionSchema source, CollectionSchema restored) {
        RawDiff diff = new RawDiff();
        diff.compare(Part.COLLECTION, "", source, restored, SCHEMA);
        diff.fields("", source.getFieldsList(), restored.getFieldsList());
        diff.each(Part.STRUCT, "", source.getStructArrayFieldsList(), restored.getStructArrayFieldsList(), STRUCT);
        for (StructArrayFieldSchema struct : source.getStructArrayFieldsList()) {
            restored.getStructArrayFieldsList().stream()
                    .filter(other -> other.getName().equals(struct.getName()))
                    .forEach(other ->
                            diff.fields(struct.getName() + ".", struct.getFieldsList(), other.getFieldsList()));
        }
        diff.each(Part.FUNCTION, "", source.getFunctionsList(), restored.getFunctionsList(), FUNCTION);
        return List.copyOf(diff.differences);
    }

    private void fields(String prefix, List<FieldSchema> source, List<FieldSchema> restored) {
        each(
                Part.FIELD,
                prefix,
                source.stream().filter(field -> !FieldOrder.hidden(field)).toList(),
                restored,
                FIELD);
    }

    /** Things that only one side has are told by {@link SchemaDiff}. */
    private <M extends Message> void each(
            Part part, String prefix, List<M> source, List<M> restored, Set<Integer> known) {
        Map<String, M> now = new TreeMap<>();
        restored.forEach(one -> now.put(name(one), one));
        for (M before : source) {
            M same = now.get(name(before));
            if (same != null) {
                compare(part, prefix + name(before), before, same, known);
            }
        }
    }

    private static String name(Message message) {
        FieldDescriptor name = message.getDescriptorForType().findFieldByName("name");
        return String.valueOf(message.getField(name));
    }

    private void compare(Part part, String name, Message source, Message restored, Set<Integer> known) {
        for (FieldDescriptor field : source.getDescriptorForType().getFields()) {
            if (!known.contains(field.getNumber())) {
                value(part, name, field.getName(), text(source, field), text(restored, field));
            }
        }
        Map<Integer, UnknownFieldSet.Field> before = source.getUnknownFields().asMap();
        Map<Integer, UnknownFieldSet.Field> now = restored.getUnknownFields().asMap();
        Set<Integer> numbers = new TreeSet<>(before.keySet());
        numbers.addAll(now.keySet());
        for (int number : numbers) {
            // What is not known may be a secret.
            if (!text(number, before.get(number)).equals(text(number, now.get(number)))) {
                String attribute = "attribute " + number;
                String told = what(part, name, attribute) + ": not the same in the backup and now";
                differences.add(new SchemaDifference(part, Change.ALTERED, name, attribute, told));
            }
        }
    }

    private static String text(Message message, FieldDescriptor field) {
        Object value = message.getField(field);
        if (value instanceof List<?> list) {
            // Parameters are a set of pairs.
            return String.join(
                    ", ", list.stream().map(RawDiff::oneLine).sorted().toList());
        }
        return oneLine(value);
    }

    private static String text(int number, UnknownFieldSet.@Nullable Field field) {
        return field == null
                ? ""
                : oneLine(UnknownFieldSet.newBuilder().addField(number, field).build());
    }

    private static String oneLine(Object value) {
        return Objects.toString(value).strip().replaceAll("\\s+", " ");
    }

    private void value(Part part, String name, String attribute, String source, String restored) {
        if (!source.equals(restored)) {
            differences.add(
                    SchemaDiff.altered(part, name, attribute, what(part, name, attribute), source, restored, false));
        }
    }

    private static String what(Part part, String name, String attribute) {
        return (part == Part.COLLECTION ? "collection" : SchemaDiff.told(part, name)) + " " + attribute;
    }
}
