package io.migrator.copy;

import java.util.stream.Stream;

/** The files that the target is to hold once all is copied, in ascending order of their keys there. */
public interface PlannedRows {
    /** All of them; the caller closes the stream. */
    Stream<PlannedCopy> byTargetKey();

    /** The same of one owner. */
    Stream<PlannedCopy> byTargetKey(long owner);
}
