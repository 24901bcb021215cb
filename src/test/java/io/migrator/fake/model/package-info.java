/** What a Milvus keeps: databases, collections, partitions, segments, indexes and aliases, and where their files lie. */
@NullMarked
package io.migrator.fake.model;

import org.jspecify.annotations.NullMarked;
