/**
 * One call to a server, over gRPC or REST: deadlines, repeats, TLS, and what its refusals mean. Knows no collection;
 * the only place where texts of Milvus decide anything ({@code Wording}).
 */
@NullMarked
package io.migrator.milvus.calls;

import org.jspecify.annotations.NullMarked;
