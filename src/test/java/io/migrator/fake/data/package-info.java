/**
 * The data half of the double of Milvus: writes and reads the files that Milvus keeps in its bucket, and imports them as
 * its versions do.
 */
@NullMarked
package io.migrator.fake.data;

import org.jspecify.annotations.NullMarked;
