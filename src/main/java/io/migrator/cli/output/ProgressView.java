package io.migrator.cli.output;

/** Shows progress; called by one thread at a time. */
interface ProgressView {
    ProgressView NONE = new ProgressView() {
        @Override
        public void began(StageState stage) {}

        @Override
        public void beat(StageState stage) {}

        @Override
        public void ended(StageState stage) {}

        @Override
        public void note(String line) {}
    };

    void began(StageState stage);

    /** The stage is still going on. */
    void beat(StageState stage);

    void ended(StageState stage);

    void note(String line);
}
