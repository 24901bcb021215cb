package io.migrator.cli.output;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Shows progress; called by one thread at a time. */
interface ProgressView {
    ProgressView NONE = new ProgressView() {
        @Override
        public void began(StageState stage) {}

        @Override
        public void beat(StageState stage, WholeRun.@Nullable Guess whole) {}

        @Override
        public void ended(StageState stage, boolean whole) {}

        @Override
        public void all(Duration took) {}

        @Override
        public void note(String line) {}
    };

    void began(StageState stage);

    /**
     * The stage is still going on.
     *
     * @param whole how far the whole run is; null where that cannot be said
     */
    void beat(StageState stage, WholeRun.@Nullable Guess whole);

    /** @param whole false where the run broke off in it */
    void ended(StageState stage, boolean whole);

    /** The last stage ended. */
    void all(Duration took);

    void note(String line);
}
