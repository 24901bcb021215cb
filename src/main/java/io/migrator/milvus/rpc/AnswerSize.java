package io.migrator.milvus.rpc;

import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

/**
 * Whether an answer was refused here for its size. gRPC says so by the code that a server also has for "slow down", and by a
 * text; this goes by what came: the head of an answer, then neither a message nor the end by which a server tells a code of its
 * own. A server that breaks off at that very moment for want of patience (ENHANCE_YOUR_CALM) would look alike.
 */
final class AnswerSize extends ClientStreamTracer.Factory {
    private volatile boolean begun;
    private volatile boolean whole;
    private volatile boolean ended;

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        return new ClientStreamTracer() {
            @Override
            public void inboundHeaders() {
                begun = true;
            }

            @Override
            public void inboundMessage(int number) {
                whole = true;
            }

            @Override
            public void inboundTrailers(Metadata trailers) {
                ended = true;
            }
        };
    }

    CallOptions watch(CallOptions options) {
        return options.withStreamTracerFactory(this);
    }

    boolean tooLarge(StatusRuntimeException fault) {
        return fault.getStatus().getCode() == Code.RESOURCE_EXHAUSTED && begun && !whole && !ended;
    }
}
