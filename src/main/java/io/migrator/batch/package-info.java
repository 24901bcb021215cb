/** What all jobs share of Spring Batch: steps, workers, the signal to stop, transactions of the job database. */
@NullMarked
package io.migrator.batch;

import org.jspecify.annotations.NullMarked;
