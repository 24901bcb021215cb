/**
 * One call to a server, over gRPC or REST: deadlines, repeats, TLS, and what its refusals mean. Knows no
 * collection.
 */
@NullMarked
package io.migrator.milvus.calls;

import org.jspecify.annotations.NullMarked;
