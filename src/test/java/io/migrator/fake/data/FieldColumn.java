package io.migrator.fake.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of a field.
 *
 * @param dataType Milvus' number of the field's type; -1 where the file does not say, as in storage version 2
 */
public record FieldColumn(int dataType, ColumnType type, List<@Nullable Object> values) {}
