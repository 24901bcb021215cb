package io.migrator.coverage;

import java.time.Instant;
import java.util.List;

/**
 * What the vault has of the collections of Milvus.
 *
 * @param now by which ages are told
 * @param byStore whether that is the clock of the vault's store; else this host's
 * @param demanded whether an age is demanded
 * @param unreadable backups that do not tell what they have
 * @param theirs how many backups of milvus-backup were not looked at
 */
public record CoverageReport(
        Instant now,
        boolean byStore,
        boolean demanded,
        List<CoveredCollection> collections,
        List<Unreadable> unreadable,
        int theirs) {
    /** A backup that is damaged, and how. */
    public record Unreadable(String backup, String reason) {}

    /** Those that are in no complete backup that is young enough; none where no age is demanded. */
    public List<CoveredCollection> lacking() {
        return demanded ? collections.stream().filter(one -> !one.young()).toList() : List.of();
    }
}
