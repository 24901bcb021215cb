package io.migrator.remote;

/** A partition that another has by now: what was done of it is not recorded by whoever gets this. */
final class PartitionLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PartitionLostException(long execution) {
        super("partition " + execution + " is another worker's by now");
    }
}
