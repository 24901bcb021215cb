/** What drivers share: retries, deadlines, answers of strangers, bodies in blocks, trust in certificates. */
@NullMarked
package io.migrator.store.driver;

import org.jspecify.annotations.NullMarked;
