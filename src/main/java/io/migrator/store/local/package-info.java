/**
 * A folder of this host in place of a bucket. Reads and writes nothing beside that folder, and knows no other driver.
 */
@NullMarked
package io.migrator.store.local;

import org.jspecify.annotations.NullMarked;
