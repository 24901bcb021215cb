package io.migrator.record;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run without an end did. Its own last line is some seconds older than its death; what the next attempt at its work found done
 * when it began tells the rest.
 */
public final class UnendedRun {
    /** The stages whose objects and bytes the figures of a run are. */
    private static final Set<String> COUNTED = Set.of("copy", "read", "delete");

    private UnendedRun() {}

    /** @param later runs that began after it, the oldest first; which of them are further attempts is seen here */
    public static RunFigures figures(RecordedRun run, Collection<RecordedRun> later) {
        return WholeRecord.read(run)
                .map(record -> figures(
                        record,
                        later.stream()
                                .filter(other -> isSameWork(run, other))
                                .takeWhile(other -> isFurther(run, other))
                                .map(WholeRecord::read)
                                .flatMap(Optional::stream)))
                .orElse(RunFigures.NONE);
    }

    /** @param later the further attempts at its work, the oldest first */
    public static RunFigures figures(WholeRecord record, Stream<WholeRecord> later) {
        Own own = Own.of(record);
        StageSpan began = own.began();
        if (began == null) {
            return RunFigures.NONE;
        }
        // One that died before it came so far found the same as the one after it.
        Optional<StageSpan> found =
                later.map(UnendedRun::began).flatMap(Optional::stream).findFirst();
        long objects = found.map(then -> then.objects() - began.objects()).orElse(0L);
        long bytes = found.map(then -> then.bytes() - began.bytes()).orElse(0L);
        return new RunFigures(Math.max(own.objects(), objects), Math.max(own.bytes(), bytes), "", 0, 0, 0, 0, 0);
    }

    private static boolean isSameWork(RecordedRun run, RecordedRun other) {
        return !run.start().work().isEmpty()
                && other.start().work().equals(run.start().work())
                && other.start().task().equals(run.start().task());
    }

    /** Once the work is done, counting begins anew. */
    private static boolean isFurther(RecordedRun run, RecordedRun other) {
        return other.start().attempt() > run.start().attempt();
    }

    private static Optional<StageSpan> began(WholeRecord record) {
        return Optional.ofNullable(Own.of(record).began());
    }

    /**
     * What a record says itself.
     *
     * @param began the first counted stage as it began, with what was done before; null where the run did not come so far
     */
    private record Own(@Nullable StageSpan began, long objects, long bytes) {
        static Own of(WholeRecord record) {
            StageSpan first = null;
            StageSpan before = null;
            long objects = 0;
            long bytes = 0;
            for (StageSpan stage : record.stages()) {
                if (COUNTED.contains(stage.name())) {
                    first = first == null ? stage : first;
                    // A run that plans anew begins the stage again, with what is done by then.
                    if (before != null && !stage.state().equals(StageSpan.BEGAN)) {
                        objects += stage.objects() - before.objects();
                        bytes += stage.bytes() - before.bytes();
                    }
                    before = stage;
                }
            }
            return new Own(first, objects, bytes);
        }
    }
}
