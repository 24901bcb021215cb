/**
 * What all jobs share of Spring Batch: steps, workers, the signal to stop, transactions of the job database; and what
 * a fault of one collection does to the others. Knows no job, no Milvus and no store.
 */
@NullMarked
package io.migrator.batch;

import org.jspecify.annotations.NullMarked;
