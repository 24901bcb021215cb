package io.migrator.transfer;

import io.migrator.store.ObjectStore;
import io.migrator.store.throttle.Pace;
import io.migrator.store.throttle.Throttle;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Copies many objects from one bucket to another at once. Knows nothing of backups; safe for many threads. */
public interface CopyEngine {
    /** {@link #transfer()} where the bytes go through this process. */
    String STREAMING = "streaming";

    /**
     * Copies from {@code source} to {@code target}; both stay open as long as it is used.
     *
     * @param inFlight how many objects are copied at the same time at most, over all threads that call the engine
     */
    static CopyEngine between(ObjectStore source, ObjectStore target, Transfer transfer, int inFlight) {
        return between(source, target, transfer, inFlight, Throttle.NONE, line -> {});
    }

    /**
     * The same.
     *
     * @param throttle limits the bytes copied; requests are limited by stores that are throttled themselves
     * @param notes told which way was chosen and why, and of refusals afterwards; called from any thread
     */
    static CopyEngine between(
            ObjectStore source,
            ObjectStore target,
            Transfer transfer,
            int inFlight,
            Throttle throttle,
            Consumer<String> notes) {
        Pace bytes = throttle.bytes(System::nanoTime, TimeUnit.NANOSECONDS::sleep);
        TransferChoice choice = new TransferChoice(source, target, transfer, bytes, inFlight, notes);
        return new ParallelCopyEngine(choice, source, target, inFlight);
    }

    /**
     * Copies all, many in flight, and returns when each one ended; results are in the order of the requests. Copies
     * already begun are finished; only where a stop was asked for, large ones that pass through this process, and those
     * a throttle holds back, are given up and count as not started. Throws the first real fault after the ones in flight have ended.
     *
     * @param stop asked before each copy; once true nothing more is begun
     * @param watch told of bytes as they move and of objects as they end
     */
    List<CopyResult> copy(List<CopyRequest> requests, BooleanSupplier stop, CopyWatch watch);

    /** The same, watched by nobody. */
    default List<CopyResult> copy(List<CopyRequest> requests, BooleanSupplier stop) {
        return copy(requests, stop, CopyWatch.NONE);
    }

    /** How the bytes travel: {@code server-side} or {@link #STREAMING}, for the report; before the first copy what is expected. */
    String transfer();

    /** How many objects so far were streamed because the server refused to copy them, by its reason. */
    Map<String, Long> streamedAfterRefusal();
}
