package io.migrator.backup;

import io.migrator.format.CollectionInfo;
import io.migrator.format.FieldInfo;
import java.util.stream.Stream;

/** Fields of which every segment of storage version 1 has binlogs; those added later may lack some. */
final class RequiredFields {
    private static final String ROW_ID = "0";
    private static final String TIMESTAMP = "1";

    private RequiredFields() {}

    /** Their ids, as the directories of their binlogs are called. */
    static Stream<String> of(CollectionInfo collection) {
        return Stream.concat(
                Stream.of(ROW_ID, TIMESTAMP),
                collection.schema().fields().stream()
                        .filter(field -> !field.nullable() && !field.dynamic() && !hasDefault(field))
                        .map(field -> String.valueOf(field.fieldId())));
    }

    private static boolean hasDefault(FieldInfo field) {
        String value = field.defaultValueBase64();
        return value != null && !value.isEmpty();
    }
}
