/**
 * What is asked of Milvus: {@code MilvusSource} for backups, {@code MilvusTarget} for restores, and the values they
 * speak in. With its own below the only package that knows Milvus' messages; knows no Spring and no store.
 */
@NullMarked
package io.migrator.milvus;

import org.jspecify.annotations.NullMarked;
