package io.migrator.report;

/** Told what a running job does, so that somebody can be shown it. Safe for many threads; never blocks, never throws. */
public interface Progress {
    Progress NONE = new Progress() {
        @Override
        public void stage(String name, long totalObjects, long totalBytes) {}

        @Override
        public void advance(long objects, long bytes) {}

        @Override
        public void note(String line) {}
    };

    /**
     * A stage begins.
     *
     * @param totalObjects things to do in it, 0 where that is not known
     * @param totalBytes bytes to move in it, 0 where that is not known
     */
    void stage(String name, long totalObjects, long totalBytes);

    /** So many more things of the current stage are done. */
    void advance(long objects, long bytes);

    /** A line worth showing once, such as a decision taken. */
    void note(String line);
}
