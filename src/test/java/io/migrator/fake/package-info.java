/**
 * A protocol double of Milvus 2.2 to 2.6 over real sockets: gRPC, REST v2 and the management port, with the files of its
 * segments in a real bucket. What it answers is what shared notes on the servers' sources and on real 2.3.5 say.
 */
@NullMarked
package io.migrator.fake;

import org.jspecify.annotations.NullMarked;
