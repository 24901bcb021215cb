/**
 * {@code ObjectStore}, the contract that every kind of storage keeps, with the copies between two of them, retries and throttles.
 * The only package, with its own below, that knows clients of storage; knows no Milvus and no Spring.
 */
@NullMarked
package io.migrator.store;

import org.jspecify.annotations.NullMarked;
