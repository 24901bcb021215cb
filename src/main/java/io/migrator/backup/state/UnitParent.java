package io.migrator.backup.state;

/**
 * A backup that units are taken from, as it was when they were found there.
 *
 * @param id number in the job database, from 1 on
 * @param runId of the run that made it
 * @param headEtag entity tag of its {@code backup_meta.json}, without which it is no backup any more
 * @param refsEtag entity tag of its list of units
 */
public record UnitParent(int id, String name, String runId, String headEtag, String refsEtag) {
    /** Whether the other is the same backup in the same state, whatever its number. */
    public boolean sameAs(UnitParent other) {
        return name.equals(other.name)
                && runId.equals(other.runId)
                && headEtag.equals(other.headEtag)
                && refsEtag.equals(other.refsEtag);
    }
}
