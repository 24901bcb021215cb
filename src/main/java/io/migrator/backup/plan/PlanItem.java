package io.migrator.backup.plan;

import org.jspecify.annotations.Nullable;

/**
 * What planning reads: the segments of a collection one after the other, then one item without files that says the
 * collection is complete.
 */
record PlanItem(long collectionId, @Nullable SegmentFiles files) {}
