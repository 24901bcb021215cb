package io.migrator.fake.rpc;

import io.milvus.shaded.io.grpc.Context;
import io.milvus.shaded.io.grpc.Contexts;
import io.milvus.shaded.io.grpc.Grpc;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.ServerCall;
import io.milvus.shaded.io.grpc.ServerCallHandler;
import io.milvus.shaded.io.grpc.ServerInterceptor;
import io.milvus.shaded.io.grpc.Status;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What came beside the message of a call.
 *
 * @param authorization as sent
 * @param peer where the call came from on the inner side of the open port
 */
record Headers(@Nullable String authorization, String database, @Nullable SocketAddress peer) {
    private static final Context.Key<Headers> KEY = Context.key("headers");
    private static final Metadata.Key<String> AUTHORIZATION = key("authorization");
    private static final Metadata.Key<String> DATABASE = key("dbname");

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    static Headers ofCall() {
        return KEY.get();
    }

    /** Who the caller says he is, unchecked. */
    Caller claimed() {
        try {
            String token = authorization == null
                    ? ""
                    : new String(Base64.getDecoder().decode(authorization), StandardCharsets.UTF_8);
            return new Caller(token.contains(":") ? token.substring(0, token.indexOf(':')) : "", database);
        } catch (IllegalArgumentException e) {
            return new Caller("", database);
        }
    }

    Caller caller(Access access) {
        try {
            return new Caller(access.userOfHeader(authorization), database);
        } catch (Access.UnknownCaller e) {
            throw Status.UNAUTHENTICATED.withDescription(e.getMessage()).asRuntimeException();
        }
    }

    /** Keeps the headers of a call where its handler finds them. */
    static final class Keep implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
            String database = metadata.get(DATABASE);
            Headers headers = new Headers(
                    metadata.get(AUTHORIZATION),
                    database == null ? "" : database,
                    call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
            return Contexts.interceptCall(Context.current().withValue(KEY, headers), call, metadata, next);
        }
    }
}
