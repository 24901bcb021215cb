package io.migrator.store;

import io.migrator.failure.MigratorException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses once between server-side copy and streaming. Whether the target's credentials can read the source's bucket
 * is known for sure only by trying, so the first object is copied as a probe.
 */
final class TransferChoice {
    private static final Logger LOG = LoggerFactory.getLogger(TransferChoice.class);

    private final ObjectStore source;
    private final CopyWay serverSide;
    private final CopyWay streaming;
    private volatile @Nullable CopyWay chosen;

    TransferChoice(ObjectStore source, ObjectStore target, Stores.Transfer transfer, Pace bytes) {
        this.source = source;
        this.serverSide = new ServerSideCopy(source.config(), target, bytes);
        this.streaming = new StreamingCopy(source, target, bytes);
        this.chosen = switch (transfer) {
            case SERVER -> serverSide;
            case STREAM -> streaming;
            case AUTO -> source.config().sameServer(target.config()) ? null : streaming;
        };
    }

    /** What is chosen; before a probe what is expected. */
    CopyWay current() {
        CopyWay way = chosen;
        return way == null ? serverSide : way;
    }

    boolean isOpen() {
        return chosen == null;
    }

    /**
     * Copies the object server-side and settles the choice by how that goes. Gives the object written, or nothing where
     * the caller still has to copy it: after a choice of streaming, after another thread settled it meanwhile, or where
     * the source object is gone, which proves nothing and leaves the choice open.
     */
    synchronized Optional<StoredObject> probe(CopyRequest request) {
        if (!isOpen()) {
            return Optional.empty();
        }
        try {
            StoredObject written = serverSide.copy(request, () -> false).join();
            chosen = new CopyOrStream(serverSide, streaming);
            return Optional.of(written);
        } catch (CompletionException e) {
            if (!(Retry.unwrapped(e) instanceof MigratorException fault)) {
                throw e;
            }
            if (!tellsAgainstServerSide(fault, request)) {
                return Optional.empty();
            }
            chosen = streaming;
            LOG.info("copying through this process, because the server cannot: {}", fault.getMessage());
            return Optional.empty();
        }
    }

    private boolean tellsAgainstServerSide(MigratorException fault, CopyRequest request) {
        return switch (fault.failure()) {
            case DENIED, UNSUPPORTED -> true;
            // With its own credentials the source is there: the target's see other buckets.
            case NOT_FOUND -> source.find(request.source().key()).isPresent();
            case SOURCE_CHANGED -> false;
            default -> throw fault;
        };
    }
}
