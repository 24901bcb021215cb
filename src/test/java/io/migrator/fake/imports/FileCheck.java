package io.migrator.fake.imports;

import io.migrator.fake.data.FieldList;
import io.migrator.fake.model.Release;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.StructArrayFieldSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Whether a segment has the files that its target's schema needs, by the rules and in the words of each release. */
record FileCheck(Release release, CollectionSchema schema) {
    void check(SourceSegment segment, int storageVersion) {
        SortedMap<Long, List<String>> fields = segment.fields();
        if (!release.importJobs()) {
            task(fields);
        } else if (storageVersion == 2) {
            columnGroups(fields);
        } else {
            job(fields);
        }
    }

    private void task(Map<Long, List<String>> fields) {
        for (FieldSchema field : fields()) {
            if (field.getFieldID() > FieldList.TIMESTAMP && !fields.containsKey(field.getFieldID())) {
                throw new ImportFault("the field %d has no binlog file".formatted(field.getFieldID()));
            }
        }
        require(fields, FieldList.ROW_ID, "the binlog files of RowIDField is missed");
        require(fields, FieldList.TIMESTAMP, "the binlog files of TimeStampField is missed");
        int files = fields.get(FieldList.ROW_ID).size();
        for (List<String> keys : fields.values()) {
            if (keys.size() != files) {
                throw new ImportFault("binlog file count of each field must be equal, "
                        + "first field files count: %d, other field files count: %d".formatted(files, keys.size()));
            }
        }
        fields.forEach((field, keys) -> {
            if (!known().contains(field)) {
                ImportFault unknown =
                        new ImportFault("the field ID %d doesn't exist in collection schema".formatted(field));
                throw new ImportFault("could not read binlog file " + keys.get(0) + ", error: " + unknown.getMessage());
            }
        });
    }

    private void job(Map<Long, List<String>> fields) {
        boolean lenient = release.atLeast(2, 6, 0);
        for (FieldSchema field : schema.getFieldsList()) {
            if (!fields.containsKey(field.getFieldID()) && !(lenient && optional(field))) {
                throw new ImportFault("no binlog for field:" + field.getName());
            }
        }
        for (StructArrayFieldSchema struct : schema.getStructArrayFieldsList()) {
            if (struct.getFieldsList().stream().anyMatch(field -> !fields.containsKey(field.getFieldID()))) {
                throw new ImportFault("no binlog for struct field:" + struct.getName());
            }
        }
        require(fields, FieldList.ROW_ID, "no binlog for RowID field");
        require(fields, FieldList.TIMESTAMP, "no binlog for TimestampField");
        aligned(fields);
        if (!lenient) {
            fields.keySet().stream().filter(field -> !known().contains(field)).forEach(field -> {
                throw new ImportFault("field not found[field=%d]".formatted(field));
            });
        }
    }

    private void columnGroups(Map<Long, List<String>> groups) {
        require(groups, FieldList.ROW_ID, "no binlog for system fields");
        for (FieldSchema field : schema.getFieldsList()) {
            boolean vector = field.getDataTypeValue() >= DataType.BinaryVector_VALUE;
            if (vector && !groups.containsKey(field.getFieldID()) && !optional(field)) {
                throw new ImportFault("no binlog for field:" + field.getName());
            }
        }
        aligned(groups);
    }

    static boolean optional(FieldSchema field) {
        return field.getIsDynamic() || field.getNullable() || field.hasDefaultValue();
    }

    private static void aligned(Map<Long, List<String>> fields) {
        int files = fields.get(FieldList.ROW_ID).size();
        fields.forEach((field, keys) -> {
            if (keys.size() != files) {
                throw new ImportFault("misaligned binlog count, field%d:%d, field%d:%d"
                        .formatted(field, keys.size(), FieldList.ROW_ID, files));
            }
        });
    }

    private static void require(Map<Long, List<String>> fields, long field, String otherwise) {
        if (!fields.containsKey(field)) {
            throw new ImportFault(otherwise);
        }
    }

    private List<FieldSchema> fields() {
        return FieldList.of(schema);
    }

    private Set<Long> known() {
        return fields().stream().map(FieldSchema::getFieldID).collect(Collectors.toSet());
    }
}
