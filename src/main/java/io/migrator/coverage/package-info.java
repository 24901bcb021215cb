/**
 * Which collections of Milvus the vault has, and since when: the word {@code coverage}. Reads the list of collections and
 * the small files of backups, and writes nothing.
 */
@NullMarked
package io.migrator.coverage;

import org.jspecify.annotations.NullMarked;
