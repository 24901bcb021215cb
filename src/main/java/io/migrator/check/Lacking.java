package io.migrator.check;

import io.migrator.failure.Failure;

/** The words for a store that does not guarantee what a backup rests on. */
final class Lacking {
    private Lacking() {}

    /**
     * @param seen what the store did
     * @param meaning what comes of it
     */
    static CheckFinding guarantee(String subject, String seen, String meaning) {
        return finding(subject, Failure.UNSUPPORTED, seen, meaning);
    }

    /** The same where bytes were not those that had been written. */
    static CheckFinding integrity(String subject, String seen, String meaning) {
        return finding(subject, Failure.CORRUPT, seen, meaning);
    }

    private static CheckFinding finding(String subject, Failure failure, String seen, String meaning) {
        return CheckFinding.fail(
                subject,
                failure,
                "%s: %s. Keep no backups there; where a cache or a gateway stands before the store, go round it"
                        .formatted(seen, meaning));
    }
}
