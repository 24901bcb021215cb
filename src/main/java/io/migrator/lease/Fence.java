package io.migrator.lease;

/** A right that somebody else may take over from a process that was away for too long. Each method fails where that was so. */
public interface Fence {
    /** Of what needs no right. */
    Fence NONE = new Fence() {
        @Override
        public void requireHeld() {}

        @Override
        public void confirm() {}
    };

    /** Before a request that another may merely repeat. */
    void requireHeld();

    /** Before one that decides something: proves that nobody else has had the right since it was taken. */
    void confirm();

    /** The right that needs both. */
    default Fence and(Fence other) {
        Fence first = this;
        return new Fence() {
            @Override
            public void requireHeld() {
                first.requireHeld();
                other.requireHeld();
            }

            @Override
            public void confirm() {
                first.confirm();
                other.confirm();
            }
        };
    }
}
