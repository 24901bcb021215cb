package io.migrator.batch;

/** Other processes that worked for an earlier run of the same work, and may not know yet that it has ended. */
public interface EarlierHelp {
    /** Where nobody ever did. */
    EarlierHelp NONE = new EarlierHelp() {
        @Override
        public void awaitEnd() {}

        @Override
        public boolean was() {
            return false;
        }
    };

    /** Returns once none of them writes any more, or a stop was asked for. */
    void awaitEnd();

    /** Whether there ever were any. */
    boolean was();
}
