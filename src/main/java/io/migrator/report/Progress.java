package io.migrator.report;

import java.util.List;

/** Told what a running job does, so that somebody can be shown it. Safe for many threads; never blocks, never throws. */
public interface Progress {
    Progress NONE = new Progress() {
        @Override
        public void stage(Stage stage) {}

        @Override
        public void advance(long objects, long bytes) {}

        @Override
        public void note(String line) {}
    };

    /** The run has its work for itself: no other one is at it, and none will be. May be said more than once. */
    default void begun() {}

    /** A stage begins. */
    void stage(Stage stage);

    /** A stage begins of which nothing is counted. */
    default void stage(String name) {
        stage(name, 0, 0);
    }

    /** A stage of objects begins with nothing done; 0 for what is not known. */
    default void stage(String name, long totalObjects, long totalBytes) {
        stage(new Stage(name, Stage.Unit.OBJECT, 0, totalObjects, 0, totalBytes));
    }

    /** So many more things of the current stage are done; fewer than none where some must be done again. */
    void advance(long objects, long bytes);

    /** What servers are at for this run now, and would go on with by themselves; said again whenever it is other. */
    default void outside(List<String> atWork) {}

    /** A line worth showing once, such as a decision taken. */
    void note(String line);
}
