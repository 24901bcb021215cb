package io.migrator.store;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Server-side copy that streams single objects which the server cannot copy, such as large ones. */
final class CopyOrStream implements CopyWay {
    private static final Logger LOG = LoggerFactory.getLogger(CopyOrStream.class);

    private final CopyWay serverSide;
    private final CopyWay streaming;
    private final AtomicBoolean said = new AtomicBoolean();

    CopyOrStream(CopyWay serverSide, CopyWay streaming) {
        this.serverSide = serverSide;
        this.streaming = streaming;
    }

    @Override
    public boolean awaitTurn(CopyRequest request, BooleanSupplier stop) {
        return serverSide.awaitTurn(request, stop);
    }

    @Override
    public CompletableFuture<StoredObject> copy(CopyRequest request, BooleanSupplier stop) {
        return serverSide.copy(request, stop).exceptionallyCompose(thrown -> {
            Throwable fault = Retry.unwrapped(thrown);
            if (!(fault instanceof MigratorException known) || known.failure() != Failure.UNSUPPORTED) {
                return CompletableFuture.failedFuture(fault);
            }
            if (!said.getAndSet(true)) {
                LOG.info(
                        "copying some objects through this process, because the server cannot: {}", fault.getMessage());
            }
            return streaming.copy(request, stop);
        });
    }

    @Override
    public int mostInFlight() {
        return serverSide.mostInFlight();
    }

    @Override
    public String name() {
        return serverSide.name();
    }
}
