package io.migrator.backup.state;

import io.migrator.store.StoredObject;
import java.util.List;

/**
 * A unit that another backup wrote, with its files.
 *
 * @param sources its files in Milvus' bucket, in the order of their keys
 * @param copies of each, in the same order, tag and checksum in the vault; empty while these are not known
 */
public record SharedUnit(PlannedUnit planned, List<StoredObject> sources, List<StoredObject> copies) {}
