package io.migrator.launch;

/** How this process is asked to stop. */
public interface Stopping {
    /** For who is never asked to. */
    Stopping NONE = new Stopping() {
        @Override
        public void install() {}

        @Override
        public boolean requested() {
            return false;
        }
    };

    /** From now on a signal is a wish to stop, and the process ends with the code of the run. May be called again. */
    void install();

    /** Whether there was such a wish. */
    boolean requested();
}
