/**
 * What drivers share: retries, deadlines, answers of strangers, bodies in blocks, trust in certificates. Knows no
 * driver and no client of a cloud.
 */
@NullMarked
package io.migrator.store.driver;

import org.jspecify.annotations.NullMarked;
