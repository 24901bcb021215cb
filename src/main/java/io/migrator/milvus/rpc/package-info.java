/**
 * Milvus' gRPC service as far as it is used here: one channel, and the calls over it. The only user of gRPC's
 * transport and Netty; repeats nothing and knows no configuration.
 */
@NullMarked
package io.migrator.milvus.rpc;

import org.jspecify.annotations.NullMarked;
