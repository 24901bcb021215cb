/** The sockets of the double: one port for gRPC and REST, plain or over TLS, and the management port. */
@NullMarked
package io.migrator.fake.net;

import org.jspecify.annotations.NullMarked;
