package io.migrator.transfer;

/** Told how copies get on, from any thread. */
@FunctionalInterface
public interface CopyWatch {
    CopyWatch NONE = (objects, bytes) -> {};

    /** So many more are done; fewer than none where what was counted does not count after all. */
    void advance(long objects, long bytes);
}
