package io.migrator.restore.state;

import io.migrator.format.meta.CollectionInfo;
import io.migrator.selection.CollectionName;

/** A collection of the backup and the name it gets. */
public record Restored(CollectionInfo source, CollectionName target) {}
