package io.migrator.sink.page;

import io.migrator.record.RecordFolder;
import io.migrator.record.RecordedRun;
import io.migrator.record.RecordedRun.State;
import io.migrator.record.RunEnd;
import io.migrator.record.RunFigures;
import io.migrator.record.StageSpan;
import io.migrator.record.UnendedRun;
import io.migrator.record.WholeRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A run and the attempts at its work before it.
 *
 * @param state of the run when the report was made
 * @param before the oldest first
 * @param done what the run did, also where it has no end
 */
public record RunStory(WholeRecord record, State state, List<WholeRecord> before, RunFigures done) {
    private static final int MOST_ATTEMPTS = 10;
    private static final int LOOK_BACK = 200;

    /** Empty where the record cannot be read. */
    public static Optional<RunStory> of(RecordFolder folder, RecordedRun run) {
        Optional<WholeRecord> record = WholeRecord.read(run);
        if (record.isEmpty()) {
            return Optional.empty();
        }
        List<WholeRecord> before = new ArrayList<>();
        int wanted = Math.min(MOST_ATTEMPTS, run.start().attempt() - 1);
        if (wanted > 0) {
            folder.newestFirst(run.start().task())
                    .filter(one -> one.start().startedAt().isBefore(run.start().startedAt()))
                    .limit(LOOK_BACK)
                    .filter(one -> one.start().work().equals(run.start().work()))
                    .filter(one -> one.start().attempt() < run.start().attempt())
                    .limit(wanted)
                    .forEach(one -> WholeRecord.read(one).ifPresent(before::add));
        }
        Collections.reverse(before);
        RunEnd end = run.end();
        return Optional.of(new RunStory(
                record.get(),
                run.state(),
                before,
                end == null ? UnendedRun.figures(run, after(folder, run)) : end.figures()));
    }

    private static List<RecordedRun> after(RecordFolder folder, RecordedRun run) {
        List<RecordedRun> after = new ArrayList<>(folder.newestFirst(run.start().task())
                .takeWhile(one -> one.start().startedAt().isAfter(run.start().startedAt()))
                .limit(LOOK_BACK)
                .toList());
        Collections.reverse(after);
        return after;
    }

    RecordedRun run() {
        return record.run();
    }

    /** Of this attempt: as its end has them, or as far as they were told. */
    List<StageSpan> stages() {
        RunEnd end = run().end();
        return end == null ? Attempt.lastOfEach(record.stages()) : end.stages();
    }

    /** All attempts, this one last. One that has another after it and no end was killed: two do not work at once. */
    List<Attempt> attempts() {
        List<WholeRecord> all = new ArrayList<>(before);
        all.add(record);
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            RunEnd end = before.get(i).run().end();
            RunFigures did = end == null
                    ? UnendedRun.figures(before.get(i), all.subList(i + 1, all.size()).stream())
                    : end.figures();
            attempts.add(Attempt.of(before.get(i), State.KILLED, did));
        }
        attempts.add(Attempt.of(record, state, done));
        return attempts;
    }
}
