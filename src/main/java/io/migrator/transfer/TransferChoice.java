package io.migrator.transfer;

import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.store.ObjectStore;
import io.migrator.store.StoredObject;
import io.migrator.store.driver.Retry;
import io.migrator.store.throttle.Pace;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Chooses once between server-side copy and streaming, and says what and why. Whether the target's server has the source's
 * bucket and its credentials can read it is known for sure only by trying, so the first object is copied as a probe.
 */
final class TransferChoice {
    private final ObjectStore source;
    private final CopyWay serverSide;
    private final StreamingCopy streaming;
    private final int streams;
    private final Consumer<String> notes;
    private final Refusals refusals;
    private volatile @Nullable CopyWay chosen;
    private volatile @Nullable String unsaid;

    /**
     * @param inFlight objects copied at the same time at most
     * @param notes gets a line once the choice is made, and one for each reason that goes against it later
     * @throws MigratorException UNSUPPORTED where a server is to copy between stores of unlike kinds
     */
    TransferChoice(
            ObjectStore source,
            ObjectStore target,
            Transfer transfer,
            Pace bytes,
            int inFlight,
            Consumer<String> notes) {
        this.source = source;
        this.serverSide = new ServerSideCopy(source, target, bytes);
        this.streaming = new StreamingCopy(source, target, bytes);
        this.streams = Math.min(inFlight, streaming.mostInFlight());
        this.notes = notes;
        this.refusals = new Refusals(notes);
        boolean sameKind = source.config().sameKind(target.config());
        String unlike = "%s and %s are stores of unlike kinds".formatted(type(source), type(target));
        switch (transfer) {
            case SERVER -> {
                if (!sameKind) {
                    throw MigratorException.unable(
                            Failure.UNSUPPORTED,
                            "copy inside the server to",
                            target.config().display(),
                            unlike,
                            "Set transfer=auto.");
                }
                settle(serverSide, "objects are copied inside the server: transfer=server");
            }
            case STREAM -> settle(streaming, streaming("transfer=stream"));
            case AUTO -> {
                if (!sameKind) {
                    settle(streaming, streaming(unlike));
                }
            }
        }
    }

    private static String type(ObjectStore store) {
        return store.config().type().name().toLowerCase(Locale.ROOT);
    }

    private String streaming(String reason) {
        return "objects go through this process, up to %d at once with %d MiB of memory each: %s"
                .formatted(streams, streaming.bufferMiB(), reason);
    }

    private void settle(CopyWay way, String line) {
        unsaid = line;
        chosen = way;
    }

    /** Says what was chosen, the first time that something is copied. */
    void say() {
        if (unsaid != null) {
            sayOnce();
        }
    }

    private synchronized void sayOnce() {
        String line = unsaid;
        unsaid = null;
        if (line != null) {
            notes.accept(line);
        }
    }

    /** How many objects were streamed although the server was to copy them, by reason. */
    Map<String, Long> refused() {
        return refusals.counts();
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
            StoredObject written = Retry.await(serverSide.copy(request, () -> false, moved -> {}));
            settle(
                    new CopyOrStream(serverSide, streaming, refusals),
                    "objects are copied inside the server: it did so with the first one");
            return Optional.of(written);
        } catch (MigratorException fault) {
            if (tellsAgainstServerSide(fault, request)) {
                settle(streaming, streaming(fault.reason()));
            }
            return Optional.empty();
        }
    }

    private boolean tellsAgainstServerSide(MigratorException fault, CopyRequest request) {
        return switch (fault.failure()) {
            // With its own credentials the source is there as it was listed: the target's see other buckets.
            case NOT_FOUND, SOURCE_CHANGED -> isThere(request.source());
            case STOPPED, THROTTLED, UNREACHABLE, CORRUPT -> throw fault;
            default -> true;
        };
    }

    private boolean isThere(StoredObject listed) {
        return source.find(listed.key())
                .filter(found -> found.size() == listed.size()
                        && (listed.etag().isEmpty() || listed.etag().equals(found.etag())))
                .isPresent();
    }
}
