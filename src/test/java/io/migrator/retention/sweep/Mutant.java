package io.migrator.retention.sweep;

/** Ways to build it wrong, each of which the model has to notice. */
enum Mutant {
    NONE,
    /** The sweep reads what backups name before it lists the units. */
    REFS_BEFORE_UNITS,
    /** A backup takes a unit that it finds in the pool, whoever names it. */
    TAKES_WHAT_LIES_THERE,
    /** Deletions ask for no right to the pool; the second reading, which is there for such, is left out, too. */
    DELETES_WITHOUT_LEASE,
    /** A deletion takes the list of units first; backups take a parent for one as long as it has its head. */
    LIST_GOES_FIRST,
    /** The sweep reads the lists once; found where somebody deletes with other tools. */
    READS_ONCE,
    /** A backup does not look at its parents again once its list is there. */
    TRUSTS_ITS_PARENTS,
    /** A backup asks whether its parents have their heads, and not whether they are made on. */
    LOOKS_AT_THE_HEAD_ALONE,
    /** A backup names only what it uses before its metas say what that is. */
    CUTS_ITS_LIST_BEFORE_ITS_METAS,
    /** A backup writes its list after its first unit. */
    DECLARES_LATE,
    /** A backup that goes on uses the names of units that its list does not have any more. */
    USES_NAMES_AGAIN,
    /** A backup writes its list whoever wrote the one that is there. */
    WRITES_OVER_ANY_LIST,
    /** Lists of backups that are not complete do not count. */
    COMPLETE_ONES_COUNT;

    /** Where the search begins, so that it does not take long: of the schedules from 1 on none before finds it. */
    int firstSeed() {
        return switch (this) {
            case DELETES_WITHOUT_LEASE -> 1357;
            case LIST_GOES_FIRST -> 9719;
            case READS_ONCE -> 1406;
            case TRUSTS_ITS_PARENTS -> 305;
            case LOOKS_AT_THE_HEAD_ALONE -> 2426;
            case CUTS_ITS_LIST_BEFORE_ITS_METAS -> 19690;
            case USES_NAMES_AGAIN -> 1434;
            default -> 1;
        };
    }
}
