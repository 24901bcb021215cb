package io.migrator.copy;

import java.util.List;

/** Which part of a target a plan's copies lie in, where others have theirs beside them. */
public interface CopyScope {
    /** Whose an object of the target is. */
    enum Place {
        /** This run writes it, and may remove it. */
        OWN,
        /** The plan relies on it, and another wrote it. */
        SHARED,
        /** The plan has nothing to do with it. */
        OTHER
    }

    /** What to list, in ascending order; none begins with another. */
    List<String> prefixes();

    Place of(String key);

    /** A prefix with nothing of others below it. */
    static CopyScope under(String prefix) {
        return new CopyScope() {
            @Override
            public List<String> prefixes() {
                return List.of(prefix);
            }

            @Override
            public Place of(String key) {
                return Place.OWN;
            }
        };
    }
}
