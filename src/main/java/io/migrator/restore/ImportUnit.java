package io.migrator.restore;

/**
 * One import job to be: a directory of segments of one partition.
 *
 * @param unit number of the row
 * @param sourceId the collection in the backup
 * @param insertDir key of a directory in Milvus' bucket, ends with a slash
 * @param deltaDir the same for deletes, empty where there are none
 * @param expectedRows rows before deletes
 * @param bytes size of its files
 * @param jobId Milvus' id of the import job, 0 where none is known
 * @param importedRows rows Milvus reported, once imported
 * @param attempts import jobs that failed
 */
record ImportUnit(
        long unit,
        long sourceId,
        String partition,
        String insertDir,
        String deltaDir,
        long expectedRows,
        long bytes,
        State state,
        long jobId,
        long importedRows,
        int attempts) {
    /** The names are what the ledger holds. */
    enum State {
        PLANNED,
        /** The call was or is about to be sent; whether the server has it is not known. */
        SUBMITTING,
        SUBMITTED,
        IMPORTED
    }

    boolean hasDeletes() {
        return !deltaDir.isEmpty();
    }

    ImportUnit with(State newState, long newJobId, long newRows, int newAttempts) {
        return new ImportUnit(
                unit,
                sourceId,
                partition,
                insertDir,
                deltaDir,
                expectedRows,
                bytes,
                newState,
                newJobId,
                newRows,
                newAttempts);
    }
}
