package io.migrator.restore.imports;

/**
 * One import job to be, or begun. The directories it reads are in the ledger.
 *
 * @param unit number of the row
 * @param sourceId the collection in the backup
 * @param turn see {@link ImportBin}
 * @param partition empty for deletes of all partitions
 * @param place the first of its directories, for messages; no other unit has it
 * @param storageVersion of its segments
 * @param deletes whether any of its directories holds deletes
 * @param expectedRows rows before deletes
 * @param bytes size of its files
 * @param changedAt when the state was last written, in milliseconds since 1970 by the clock of whoever wrote it: for people, nothing
 *     is decided by it
 * @param jobId Milvus' id of the import job, 0 where none is known
 * @param importedRows rows Milvus reported, once imported
 * @param attempts import jobs that failed
 */
public record ImportUnit(
        long unit,
        long sourceId,
        int turn,
        String partition,
        String place,
        long storageVersion,
        boolean deletes,
        long expectedRows,
        long bytes,
        State state,
        long changedAt,
        long jobId,
        long importedRows,
        int attempts) {
    /** The names are what the ledger holds. */
    public enum State {
        PLANNED,
        /** The call was or is about to be sent; whether the server has it is not known. */
        SUBMITTING,
        SUBMITTED,
        IMPORTED
    }

    public boolean deletesOnly() {
        return turn != ImportBin.DATA;
    }

    /** The partition in words. */
    String partitionText() {
        return partition.isEmpty() ? "all partitions" : "partition " + partition;
    }

    ImportUnit planned(int failedAttempts) {
        return with(State.PLANNED, 0, 0, failedAttempts);
    }

    ImportUnit submitting() {
        return with(State.SUBMITTING, 0, 0, attempts);
    }

    ImportUnit submitted(long job) {
        return with(State.SUBMITTED, job, 0, attempts);
    }

    ImportUnit imported(long rows) {
        return with(State.IMPORTED, jobId, rows, attempts);
    }

    private ImportUnit with(State newState, long newJobId, long newRows, int newAttempts) {
        return new ImportUnit(
                unit,
                sourceId,
                turn,
                partition,
                place,
                storageVersion,
                deletes,
                expectedRows,
                bytes,
                newState,
                System.currentTimeMillis(),
                newJobId,
                newRows,
                newAttempts);
    }
}
