package io.migrator.remote;

import io.migrator.batch.StopSignal;
import io.migrator.report.Progress;
import io.migrator.report.Stage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A partition at work in this worker: how far it is, and whether and why it is to end early. For many threads. */
final class ClaimedPartition implements Progress {
    /** After so long without a word no copy is begun: those in flight have the rest of the time to end in. */
    static final Duration BEGINS = Offers.HEARD.minusSeconds(5);

    /** Why it ends before its end. */
    enum End {
        /** Its run stops, and so the partition is stopped for good. */
        RUN_STOPS,
        /** This worker ends, or has not heard from the run: another is to go on with it. */
        HANDED_BACK,
        /** Another has it, or may have it at any moment. */
        LOST
    }

    private final long execution;
    private final int claim;
    /** A process that stood still asks its clock, not a thread that may not have run yet. */
    private final StopSignal stop = new StopSignal(this::requireHeard);

    private final AtomicReference<@Nullable End> end = new AtomicReference<>();
    private final AtomicLong objects;
    private final AtomicLong bytes;
    private volatile long heard;

    /**
     * @param execution id of its step execution
     * @param claim the server's process of the session that holds the request
     * @param heard when its run was alive, by this process' monotonic clock
     * @param before what others have done of it
     */
    ClaimedPartition(long execution, int claim, long heard, PartitionReports.Done before) {
        this.execution = execution;
        this.claim = claim;
        this.heard = heard;
        this.objects = new AtomicLong(before.objects());
        this.bytes = new AtomicLong(before.bytes());
    }

    long execution() {
        return execution;
    }

    int claim() {
        return claim;
    }

    StopSignal stop() {
        return stop;
    }

    /** The first reason stays. */
    void end(End reason) {
        end.compareAndSet(null, reason);
        stop.request();
    }

    @Nullable
    End end() {
        return end.get();
    }

    /** Its run was alive at that moment of this process' monotonic clock. */
    void heard(long nanos) {
        heard = nanos;
    }

    /** To be asked before each copy is begun: whoever is cut off from the run begins none. */
    void requireHeard() {
        if (System.nanoTime() - heard > BEGINS.toNanos()) {
            end(End.HANDED_BACK);
        }
    }

    long objects() {
        return objects.get();
    }

    long bytes() {
        return bytes.get();
    }

    @Override
    public void stage(Stage stage) {}

    @Override
    public void advance(long moreObjects, long moreBytes) {
        objects.addAndGet(moreObjects);
        bytes.addAndGet(moreBytes);
    }

    @Override
    public void note(String line) {}
}
