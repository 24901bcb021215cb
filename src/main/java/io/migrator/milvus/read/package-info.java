/**
 * What a source tells: collections, flushes, segments and their files, users and roles. Flushes and pauses garbage
 * collection, and else changes nothing in Milvus.
 */
@NullMarked
package io.migrator.milvus.read;

import org.jspecify.annotations.NullMarked;
