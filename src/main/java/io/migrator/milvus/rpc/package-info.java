/** Milvus' gRPC service as far as it is used here: one channel, and the calls over it. */
@NullMarked
package io.migrator.milvus.rpc;

import org.jspecify.annotations.NullMarked;
