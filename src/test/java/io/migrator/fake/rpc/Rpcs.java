package io.migrator.fake.rpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.migrator.fake.model.Refusal;
import io.migrator.fake.model.Release;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.MethodDescriptor;
import io.milvus.shaded.io.grpc.ServerServiceDefinition;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.shaded.io.grpc.stub.ServerCalls;
import io.milvus.shaded.io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The gRPC service, put together from the calls that its release has. One that is not here is UNIMPLEMENTED, as on a
 * server that does not know it.
 */
public final class Rpcs {
    /** Does a call. A {@link Refusal} becomes the status of the answer. */
    @FunctionalInterface
    interface Rpc<Q extends Message, A extends Message> {
        A answer(Caller caller, Q request);
    }

    private static final String SERVICE = "milvus.proto.milvus.MilvusService";

    private final ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(SERVICE);
    private final Release release;
    private final Gate gate;
    private final Connections connections;

    Rpcs(Release release, Gate gate, Connections connections) {
        this.release = release;
        this.gate = gate;
        this.connections = connections;
    }

    <Q extends Message, A extends Message> void on(MethodDescriptor<Q, A> method, Rpc<Q, A> rpc) {
        service.addMethod(
                method, ServerCalls.asyncUnaryCall((request, observer) -> serve(method, rpc, request, observer)));
    }

    /** Binds the call where the release has it. */
    <Q extends Message, A extends Message> void on(boolean known, MethodDescriptor<Q, A> method, Rpc<Q, A> rpc) {
        if (known) {
            on(method, rpc);
        }
    }

    ServerServiceDefinition service() {
        return service.build();
    }

    private <Q extends Message, A extends Message> void serve(
            MethodDescriptor<Q, A> method, Rpc<Q, A> rpc, Q request, StreamObserver<A> observer) {
        Headers headers = Headers.ofCall();
        String name = String.valueOf(method.getBareMethodName());
        Optional<Fault> fault = gate.arrive(name, headers.claimed(), request);
        try {
            if (fault.orElse(null) instanceof Fault.DropBefore) {
                connections.cut(headers.peer());
                return;
            }
            before(fault);
            Caller caller = headers.caller(gate.access());
            gate.admit(name, caller);
            A answer = rpc.answer(caller, request);
            if (fault.orElse(null) instanceof Fault.DropAfter) {
                connections.cut(headers.peer());
                return;
            }
            observer.onNext(answer);
            observer.onCompleted();
        } catch (Refusal refusal) {
            observer.onNext(refused(method, refusal));
            observer.onCompleted();
        } catch (StatusRuntimeException e) {
            observer.onError(e);
        }
    }

    private static void before(Optional<Fault> fault) {
        if (fault.orElse(null) instanceof Fault.Delay delay) {
            LockSupport.parkNanos(delay.time().toNanos());
        }
        if (fault.orElse(null) instanceof Fault.Refuse refuse) {
            throw refuse.refusal();
        }
        if (fault.orElse(null) instanceof Fault.Break broken) {
            throw broken.status().asRuntimeException();
        }
    }

    @SuppressWarnings("unchecked")
    private <A extends Message> A refused(MethodDescriptor<?, A> method, Refusal refusal) {
        Status status = refusal.status(release);
        Message answer = (Message)
                ((MethodDescriptor.PrototypeMarshaller<A>) method.getResponseMarshaller()).getMessagePrototype();
        if (answer instanceof Status) {
            return (A) status;
        }
        FieldDescriptor field = answer.getDescriptorForType().findFieldByName("status");
        return (A) answer.newBuilderForType().setField(field, status).build();
    }
}
