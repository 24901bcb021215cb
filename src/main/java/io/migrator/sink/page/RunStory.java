package io.migrator.sink.page;

import io.migrator.record.RecordFolder;
import io.migrator.record.RecordedRun;
import io.migrator.record.RecordedRun.State;
import io.migrator.record.RunEnd;
import io.migrator.record.StageSpan;
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
 */
public record RunStory(WholeRecord record, State state, List<WholeRecord> before) {
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
        return Optional.of(new RunStory(record.get(), run.state(), before));
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
        List<Attempt> all = new ArrayList<>();
        before.forEach(one -> all.add(Attempt.of(one, State.KILLED)));
        all.add(Attempt.of(record, state));
        return all;
    }
}
