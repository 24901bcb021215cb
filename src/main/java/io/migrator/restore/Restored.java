package io.migrator.restore;

import io.migrator.format.CollectionInfo;
import io.migrator.format.CollectionName;

/** A collection of the backup and the name it gets. */
record Restored(CollectionInfo source, CollectionName target) {}
