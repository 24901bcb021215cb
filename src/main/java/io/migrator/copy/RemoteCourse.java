package io.migrator.copy;

import io.migrator.batch.RemoteSteps;
import io.migrator.failure.Counted;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a run says of copies that other processes make for it. What was copied is counted in the plan, not by what they tell. */
final class RemoteCourse implements RemoteSteps.Course {
    private final CopyPlan plan;
    private final SparedCopies spared;
    private final Progress progress;
    private final RunReport report;
    private final Runnable requireHeld;
    private final Consumer<String> transfer;
    private CopyPlan.Totals before = new CopyPlan.Totals(0, 0, -1);
    /** Whether one was begun whose end is not told: the database failed, and this run goes on. */
    private boolean begun;

    private long toldObjects;
    private long toldBytes;
    private long shownObjects;
    private long shownBytes;

    RemoteCourse(CopyPlan plan, Progress progress, RunReport report, Runnable requireHeld, Consumer<String> transfer) {
        this.plan = plan;
        this.spared = new SparedCopies(plan);
        this.progress = progress;
        this.report = report;
        this.requireHeld = requireHeld;
        this.transfer = transfer;
    }

    void begin(CopyPlan.Totals open) {
        CopyPlan.Totals copied = plan.totals(PlannedCopy.State.COPIED);
        if (!begun) {
            spared.clear();
            before = copied;
            begun = true;
        }
        CopyPlan.Totals gone = spared.all();
        toldObjects = copied.objects() + gone.objects() - before.objects();
        toldBytes = copied.bytes() + gone.bytes() - before.bytes();
        shownObjects = 0;
        shownBytes = 0;
        progress.stage(CopyPlan.stage(copied, open));
    }

    @Override
    public void require() {
        requireHeld.run();
    }

    @Override
    public void done(long objects, long bytes) {
        if (objects > shownObjects) {
            progress.advance(objects - shownObjects, Math.max(0, bytes - shownBytes));
            shownObjects = objects;
            shownBytes = bytes;
        }
    }

    @Override
    public void ended(String way, Map<String, Long> refused) {
        CopyPlan.Totals after = plan.totals(PlannedCopy.State.COPIED);
        CopyPlan.Totals gone = spared.all();
        long objects = after.objects() + gone.objects() - before.objects();
        long bytes = after.bytes() + gone.bytes() - before.bytes();
        done(objects - toldObjects, bytes - toldBytes);
        begun = false;
        if (objects > 0) {
            report.add("objects_copied", objects);
            report.add("bytes_copied", bytes);
        }
        if (!way.isEmpty()) {
            report.fact("transfer", way);
            transfer.accept(way);
        }
        sayRefused(refused, progress, report);
    }

    /** Says how many objects were streamed although the server was to copy them, where any were. */
    static void sayRefused(Map<String, Long> streamed, Progress progress, RunReport report) {
        if (!streamed.isEmpty()) {
            Map<String, Long> refused = new TreeMap<>(streamed);
            long objects = refused.values().stream().mapToLong(Long::longValue).sum();
            progress.note("%s through this process, because the server did not copy them: %s"
                    .formatted(Counted.of(objects, "object went", "objects went"), refused));
            report.fact("streamed_after_refusal", refused);
        }
    }
}
