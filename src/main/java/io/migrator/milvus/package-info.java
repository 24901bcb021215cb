/**
 * What is asked of Milvus: {@code MilvusSource} for backups, {@code MilvusTarget} for restores, over gRPC and REST. The only package that
 * knows Milvus' messages; knows no Spring and no store.
 */
@NullMarked
package io.migrator.milvus;

import org.jspecify.annotations.NullMarked;
