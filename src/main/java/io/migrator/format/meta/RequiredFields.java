package io.migrator.format.meta;

import java.util.stream.Stream;

/** Fields of which every segment of storage version 1 has binlogs; those added later may lack some. */
public final class RequiredFields {
    private static final long ROW_ID = 0;
    private static final long TIMESTAMP = 1;

    private RequiredFields() {}

    /** Their ids. */
    public static Stream<Long> of(CollectionInfo collection) {
        return Stream.concat(
                Stream.of(ROW_ID, TIMESTAMP),
                collection.schema().fields().stream()
                        .filter(field -> !field.nullable() && !field.dynamic() && !hasDefault(field))
                        .map(FieldInfo::fieldId));
    }

    private static boolean hasDefault(FieldInfo field) {
        String value = field.defaultValueBase64();
        return value != null && !value.isEmpty();
    }
}
