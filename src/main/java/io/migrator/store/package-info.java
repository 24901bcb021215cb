/** {@code ObjectStore}, the contract that every kind of storage keeps. Knows no Milvus and no Spring. */
@NullMarked
package io.migrator.store;

import org.jspecify.annotations.NullMarked;
