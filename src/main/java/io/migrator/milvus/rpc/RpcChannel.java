package io.migrator.milvus.rpc;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A channel to one Milvus. The SDK has one, too, but over a gRPC and a Netty of 2023 that are part of its jar; of the SDK
 * only the messages are used. TLS is the JDK's.
 */
public final class RpcChannel implements AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> DATABASE = Metadata.Key.of("dbname", Metadata.ASCII_STRING_MARSHALLER);

    /** Milvus sends no more (its grpc.serverMaxSendSize), and one message must not use up the memory of this process. */
    public static final int LARGEST =
            (int) Math.min(256L << 20, Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4));

    /** As the SDK asks; a Milvus allows no less than five seconds. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    private static final Duration KEEP_ALIVE_ANSWER = Duration.ofSeconds(5);

    private final ManagedChannel channel;
    private final String authorization;
    private final int largest;

    private RpcChannel(ManagedChannel channel, String authorization, int largest) {
        this.channel = channel;
        this.authorization = authorization;
        this.largest = largest;
    }

    /**
     * Reaches nothing yet: the first call does.
     *
     * @param host a name, or an address (that of IPv6 in brackets)
     * @param serverName what the server's certificate must be for; of no use without TLS
     * @param tls whom to trust, or null for none of TLS
     * @param credential {@code user:password} or a token; empty for none
     * @param largest bytes of an answer, usually {@link #LARGEST}
     */
    public static RpcChannel open(
            String host, int port, String serverName, @Nullable SSLContext tls, String credential, int largest) {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(host, port)
                .keepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(KEEP_ALIVE_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveWithoutCalls(true)
                .maxInboundMessageSize(largest);
        if (tls == null) {
            builder.usePlaintext();
        } else {
            builder.sslContext(forHttp2(tls)).overrideAuthority(serverName);
        }
        String authorization = Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8));
        return new RpcChannel(builder.build(), authorization, largest);
    }

    private static SslContext forHttp2(SSLContext tls) {
        return new JdkSslContext(
                tls,
                true,
                Http2SecurityUtil.CIPHERS,
                SupportedCipherSuiteFilter.INSTANCE,
                new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        "h2"),
                ClientAuth.NONE,
                null,
                false);
    }

    /**
     * Calls of which each must be answered within the deadline, that begins now.
     *
     * @param database goes with each call as a header; empty for none
     */
    public MilvusStub stub(String database, Duration deadline) {
        Metadata headers = new Metadata();
        if (!authorization.isEmpty()) {
            headers.put(AUTHORIZATION, authorization);
        }
        if (!database.isEmpty()) {
            headers.put(DATABASE, database);
        }
        return new MilvusStub(
                ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
                CallOptions.DEFAULT.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS),
                largest);
    }

    /** Lets the next call connect at once, in place of after gRPC's own growing wait. */
    public void connectAnew() {
        channel.resetConnectBackoff();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
