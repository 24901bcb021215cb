package io.migrator.milvus.schema;

import java.util.List;

/**
 * One difference between a collection as it was backed up and as it is.
 *
 * @param name of the field, property, function, partition or index; empty for the collection itself
 * @param attribute of it that differs; empty where it is missing or added as a whole
 * @param told one line such as {@code field 'title' max_length: 256 in the backup, 128 now}
 */
public record SchemaDifference(Part part, Change change, String name, String attribute, String told) {
    /** Of what it is a part. */
    public enum Part {
        COLLECTION,
        PROPERTY,
        FIELD,
        STRUCT,
        FUNCTION,
        PARTITION,
        /** Its name is that of the field, a slash, and its own. */
        INDEX
    }

    /** What has become of what was backed up. */
    public enum Change {
        MISSING,
        /** It is not in the backup. */
        ADDED,
        ALTERED
    }

    static final String DESCRIPTION = "description";
    public static final String SHARDS = "shards";
    private static final String INDEX_PARAMETER = "index parameter ";
    private static final String MEMORY_MAP = "mmap.enabled";

    static String indexParameter(String key) {
        return INDEX_PARAMETER + key;
    }

    /** Whether values of rows mean the same all the same: words for people, and how Milvus holds and searches them. */
    public boolean keepsRows() {
        return attribute.equals(DESCRIPTION)
                || attribute.startsWith(INDEX_PARAMETER)
                || attribute.equals(MEMORY_MAP)
                || (part == Part.PROPERTY && name.endsWith(MEMORY_MAP));
    }

    /** Whether it is a property by which rows go with time that is not set yet. */
    public boolean lacksExpiry() {
        return part == Part.PROPERTY && change == Change.MISSING && Expiry.isProperty(name);
    }

    /** Their lines. */
    public static List<String> told(List<SchemaDifference> differences) {
        return differences.stream().map(SchemaDifference::told).toList();
    }
}
