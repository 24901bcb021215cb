package io.migrator.transfer;

import io.migrator.failure.MigratorException;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Retry;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Server-side copy that streams single objects which the server cannot copy, such as large ones. */
final class CopyOrStream implements CopyWay {
    private final CopyWay serverSide;
    private final CopyWay streaming;
    private final Refusals refusals;

    CopyOrStream(CopyWay serverSide, CopyWay streaming, Refusals refusals) {
        this.serverSide = serverSide;
        this.streaming = streaming;
        this.refusals = refusals;
    }

    @Override
    public boolean awaitTurn(CopyRequest request, BooleanSupplier stop) {
        return serverSide.awaitTurn(request, stop);
    }

    @Override
    public CompletableFuture<StoredObject> copy(CopyRequest request, BooleanSupplier stop, LongConsumer moved) {
        return serverSide.copy(request, stop, moved).exceptionallyCompose(thrown -> {
            Throwable fault = Retry.unwrapped(thrown);
            if (!(fault instanceof MigratorException known) || !isRefusal(known)) {
                return CompletableFuture.failedFuture(fault);
            }
            refusals.add(known);
            return streaming.copy(request, stop, moved);
        });
    }

    /** What another way may be spared; a source that is gone, or a server that does not answer, is so for both. */
    private static boolean isRefusal(MigratorException fault) {
        return switch (fault.failure()) {
            case UNSUPPORTED, DENIED, USAGE, CONFLICT, UNCLASSIFIED -> true;
            default -> false;
        };
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
