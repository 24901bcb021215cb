package io.migrator.record;

/**
 * Which samples of a stage are written: all at first, and of a long stage ever fewer, so that a record of days is no more than
 * a few times as long as one of minutes. A record is only added to, so samples are left out, and none is taken back.
 */
final class Beat {
    /** Samples of one stage before every second one is left out. */
    static final int DENSE = 300;

    private long seen;
    private long written;
    private long every = 1;

    /** Whether the sample of this beat is to be written. */
    boolean next() {
        if (seen++ % every != 0) {
            return false;
        }
        written++;
        if (written == DENSE) {
            every *= 2;
            written = DENSE / 2;
        }
        return true;
    }
}
