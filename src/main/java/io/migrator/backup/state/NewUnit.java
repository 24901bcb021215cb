package io.migrator.backup.state;

import io.migrator.store.StoredObject;
import java.util.List;

/**
 * A unit with the files that it holds, to be planned.
 *
 * @param sources its files in Milvus' bucket, in the order of their keys
 */
public record NewUnit(PlannedUnit unit, List<StoredObject> sources) {}
