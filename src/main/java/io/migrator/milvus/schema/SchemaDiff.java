package io.migrator.milvus.schema;

import com.google.protobuf.ByteString;
import io.migrator.failure.SecretNames;
import io.migrator.format.meta.CollectionInfo;
import io.migrator.format.meta.FieldInfo;
import io.migrator.format.meta.FunctionInfo;
import io.migrator.format.meta.IndexInfo;
import io.migrator.format.meta.KeyValue;
import io.migrator.format.meta.PartitionInfo;
import io.migrator.format.meta.SchemaInfo;
import io.migrator.format.meta.StructArrayInfo;
import io.migrator.milvus.schema.SchemaDifference.Change;
import io.migrator.milvus.schema.SchemaDifference.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares a restored collection with the one that was backed up. */
public final class SchemaDiff {
    private static final String DYNAMIC_FIELD = "$meta";

    private final List<SchemaDifference> differences = new ArrayList<>();

    private SchemaDiff() {}

    /**
     * What is not the same; empty where all is. Names and ids of collection, database, partitions and indexes' ids may differ, as may
     * channels, load state, aliases and everything of the data. Field ids may not: imports go by them.
     */
    public static List<SchemaDifference> between(CollectionInfo source, CollectionInfo restored) {
        SchemaDiff diff = new SchemaDiff();
        diff.collection(
                SchemaDifference.DESCRIPTION,
                source.schema().description(),
                restored.schema().description());
        diff.collection(SchemaDifference.SHARDS, source.shards(), restored.shards());
        diff.collection("consistency level", source.consistencyLevel(), restored.consistencyLevel());
        diff.each(Part.PROPERTY, properties(source), properties(restored), pair -> Map.of("value", pair.value()));
        diff.fields(source.schema(), restored.schema());
        diff.each(Part.FUNCTION, functions(source), functions(restored), SchemaDiff::facts);
        diff.each(Part.PARTITION, partitions(source), partitions(restored), partition -> Map.of());
        diff.each(Part.INDEX, indexes(source), indexes(restored), IndexParams::comparable);
        return List.copyOf(diff.differences);
    }

    /**
     * The same, and what only Milvus' own description tells.
     *
     * @param raw the description that the backup kept; null for backups of milvus-backup, which tell less
     */
    public static List<SchemaDifference> between(
            CollectionInfo source, @Nullable ByteString raw, CollectionDescription restored) {
        List<SchemaDifference> all = new ArrayList<>(between(source, restored.info()));
        if (raw != null) {
            all.addAll(
                    RawDiff.between(SchemaMessage.of(source, raw), SchemaMessage.of(restored.info(), restored.raw())));
        }
        return List.copyOf(all);
    }

    /** Differences of fields that make rows of the one mean something else in the other. */
    public static List<SchemaDifference> obstacles(SchemaInfo source, SchemaInfo existing) {
        SchemaDiff diff = new SchemaDiff();
        diff.fields(source, existing);
        return diff.differences.stream()
                .filter(difference -> !difference.keepsRows())
                .toList();
    }

    /** Differences of indexes aside, for restores that were told not to build them. */
    public static List<SchemaDifference> withoutIndexes(CollectionInfo source, CollectionInfo restored) {
        return between(source, restored).stream()
                .filter(difference -> difference.part() != Part.INDEX)
                .toList();
    }

    private void fields(SchemaInfo source, SchemaInfo restored) {
        collection("dynamic field", source.dynamicFieldEnabled(), restored.dynamicFieldEnabled());
        each(Part.FIELD, fields(source), fields(restored), SchemaDiff::facts);
        each(Part.STRUCT, structs(source), structs(restored), SchemaDiff::facts);
    }

    private static Map<String, FieldInfo> fields(SchemaInfo schema) {
        Map<String, FieldInfo> fields = new TreeMap<>();
        schema.fields().stream()
                .filter(field -> !field.dynamic() && !field.name().equals(DYNAMIC_FIELD))
                .forEach(field -> fields.put(field.name(), field));
        for (var struct : schema.structArrayFields()) {
            struct.fields().forEach(field -> fields.put(struct.name() + "." + field.name(), field));
        }
        return fields;
    }

    /** Servers keep the schema's properties with the collection's, and show them in either place. */
    private static Map<String, KeyValue> properties(CollectionInfo collection) {
        Map<String, KeyValue> all = new TreeMap<>(byKey(collection.schema().properties(), KeyValue::key));
        all.putAll(byKey(collection.properties(), KeyValue::key));
        return all;
    }

    private static Map<String, StructArrayInfo> structs(SchemaInfo schema) {
        return byKey(schema.structArrayFields(), StructArrayInfo::name);
    }

    private static Map<String, FunctionInfo> functions(CollectionInfo collection) {
        return byKey(collection.schema().functions(), FunctionInfo::name);
    }

    private static Map<String, PartitionInfo> partitions(CollectionInfo collection) {
        return byKey(collection.partitions(), PartitionInfo::name);
    }

    private static Map<String, IndexInfo> indexes(CollectionInfo collection) {
        return byKey(collection.indexes(), index -> index.fieldName() + "/" + index.indexName());
    }

    private static <T> Map<String, T> byKey(List<T> things, Function<T, String> key) {
        return things.stream().collect(Collectors.toMap(key, Function.identity(), (first, second) -> second));
    }

    private static Map<String, Object> facts(FieldInfo field) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("id", field.fieldId());
        facts.put("type", field.dataType());
        facts.put("element type", field.elementType());
        facts.put("primary key", field.primaryKey());
        facts.put("partition key", field.partitionKey());
        facts.put("auto id", field.autoId());
        facts.put("nullable", field.nullable());
        facts.put("function output", field.functionOutput());
        facts.put(SchemaDifference.DESCRIPTION, text(field.description()));
        facts.put("default value", text(field.defaultValueBase64()));
        field.typeParams().forEach(pair -> facts.put(pair.key(), pair.value()));
        field.indexParams().forEach(pair -> facts.put(SchemaDifference.indexParameter(pair.key()), pair.value()));
        return facts;
    }

    private static Map<String, Object> facts(StructArrayInfo struct) {
        return Map.of("id", struct.fieldId(), SchemaDifference.DESCRIPTION, text(struct.description()));
    }

    private static Map<String, Object> facts(FunctionInfo function) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put(SchemaDifference.DESCRIPTION, text(function.description()));
        facts.put("type", function.type());
        facts.put("inputs", function.inputFieldNames());
        facts.put("outputs", function.outputFieldNames());
        function.params().forEach(pair -> facts.put(pair.key(), pair.value()));
        return facts;
    }

    private <T> void each(
            Part part, Map<String, T> source, Map<String, T> restored, Function<T, Map<String, ?>> facts) {
        Map<String, T> all = new TreeMap<>(source);
        all.putAll(restored);
        for (String name : all.keySet()) {
            T before = source.get(name);
            T now = restored.get(name);
            if (before == null && now instanceof KeyValue added && ServerChanges.addedByServer(name, added.value())) {
                continue;
            }
            if (before == null || now == null) {
                differences.add(
                        now == null
                                ? new SchemaDifference(part, Change.MISSING, name, "", told(part, name) + ": missing")
                                : new SchemaDifference(
                                        part, Change.ADDED, name, "", told(part, name) + ": not in the backup"));
                continue;
            }
            Map<String, ?> wanted = facts.apply(before);
            Map<String, ?> found = facts.apply(now);
            Map<String, Object> keys = new TreeMap<>(wanted);
            keys.putAll(found);
            keys.keySet().stream()
                    .filter(key -> wanted.containsKey(key) || !ServerChanges.addedByServer(key, found.get(key)))
                    .forEach(key -> value(part, name, key, wanted.get(key), found.get(key)));
        }
    }

    private void collection(String attribute, @Nullable Object source, @Nullable Object restored) {
        value(Part.COLLECTION, "", attribute, source, restored);
    }

    private void value(Part part, String name, String attribute, @Nullable Object source, @Nullable Object restored) {
        if (!Objects.equals(text(source), text(restored))) {
            boolean secret = SecretNames.is(name) || SecretNames.is(attribute);
            String what = part == Part.COLLECTION ? attribute : told(part, name) + " " + attribute;
            differences.add(altered(part, name, attribute, what, text(source), text(restored), secret));
        }
    }

    /**
     * @param what begins the line
     * @param secret whether only that they differ may be told
     */
    static SchemaDifference altered(
            Part part, String name, String attribute, String what, String source, String restored, boolean secret) {
        String told = secret || SecretNames.in(source) || SecretNames.in(restored)
                ? "%s: not the same in the backup and now (a secret, not shown)".formatted(what)
                : "%s: %s in the backup, %s now".formatted(what, shown(source), shown(restored));
        return new SchemaDifference(part, Change.ALTERED, name, attribute, told);
    }

    /** Such as {@code field 'title'}. */
    static String told(Part part, String name) {
        return "%s '%s'".formatted(part.name().toLowerCase(Locale.ROOT), name);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String shown(String value) {
        return value.isEmpty() ? "nothing" : value;
    }
}
