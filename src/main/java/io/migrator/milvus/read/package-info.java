/** What a source tells: collections, flushes, segments and their files, users and roles. */
@NullMarked
package io.migrator.milvus.read;

import org.jspecify.annotations.NullMarked;
