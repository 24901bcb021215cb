/** The calls of the double: gRPC by concern, each with the checks the server makes, and the log of all of them. */
@NullMarked
package io.migrator.fake.rpc;

import org.jspecify.annotations.NullMarked;
