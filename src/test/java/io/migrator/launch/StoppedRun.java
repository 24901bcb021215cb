package io.migrator.launch;

import io.migrator.launch.request.JobRequest;
import io.migrator.report.Progress;
import io.migrator.report.Stage;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A run in this process that is asked to stop when a stage begins, as SIGTERM would. */
public final class StoppedRun {
    private StoppedRun() {}

    /** @param stage name of the stage, such as {@code import} */
    public static RunOutcome at(String stage, JobRequest request) {
        Termination termination = new Termination();
        return new Launcher(request, new StopAt(stage, termination), termination).run();
    }

    /** @param objects that have been copied when it is asked to stop */
    public static RunOutcome afterObjects(long objects, JobRequest request) {
        Termination termination = new Termination();
        return new Launcher(request, new StopAfter(new AtomicLong(objects), termination), termination).run();
    }

    /** @param objects of that stage that have been done when it is asked to stop */
    public static RunOutcome after(String stage, long objects, JobRequest request) {
        Termination termination = new Termination();
        Runnable stop = () -> termination.stop().request();
        return new Launcher(request, StageHook.after(stage, objects, stop), termination).run();
    }

    /** Once servers are at work for it; what they are at then is added to the list. */
    public static RunOutcome onceServersWork(List<String> atWork, JobRequest request) {
        Termination termination = new Termination();
        return new Launcher(request, new StopAtWork(atWork, termination), termination).run();
    }

    private record StopAtWork(List<String> seen, Termination termination) implements Progress {
        @Override
        public void stage(Stage stage) {}

        @Override
        public void advance(long objects, long bytes) {}

        @Override
        public void outside(List<String> atWork) {
            if (!atWork.isEmpty() && seen.isEmpty()) {
                seen.addAll(atWork);
                termination.stop().request();
            }
        }

        @Override
        public void note(String line) {}
    }

    private record StopAfter(AtomicLong left, Termination termination) implements Progress {
        @Override
        public void stage(Stage stage) {}

        @Override
        public void advance(long objects, long bytes) {
            if (left.addAndGet(-objects) <= 0) {
                termination.stop().request();
            }
        }

        @Override
        public void note(String line) {}
    }

    private record StopAt(String wanted, Termination termination) implements Progress {
        @Override
        public void stage(Stage stage) {
            if (stage.name().equals(wanted)) {
                termination.stop().request();
            }
        }

        @Override
        public void advance(long objects, long bytes) {}

        @Override
        public void note(String line) {}
    }
}
