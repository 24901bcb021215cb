package io.migrator.store;

import java.util.List;
import java.util.Optional;

/**
 * What a bucket does with objects by itself. Whoever may use a bucket need not be told.
 *
 * @param rules empty where they are not told
 */
public record BucketSettings(Versions versions, Lock lock, Optional<List<AgeRule>> rules) {
    public static final BucketSettings NOT_TOLD =
            new BucketSettings(Versions.NOT_TOLD, new Lock(Lock.Kind.NOT_TOLD, ""), Optional.empty());

    /** What becomes of an object that is replaced or deleted. */
    public enum Versions {
        NOT_TOLD,
        NOT_KEPT,
        KEPT,
        /** Those of earlier days are still there. */
        NOT_KEPT_ANY_MORE
    }

    /**
     * Whether what is written can be changed again.
     *
     * @param words how long it cannot, such as {@code for 30 days (GOVERNANCE)}
     */
    public record Lock(Kind kind, String words) {
        /** How far it goes. */
        public enum Kind {
            NOT_TOLD,
            NONE,
            /** Only what is written with a lock has one. */
            POSSIBLE,
            /** Every version has one, and may still be hidden by a newer one, or by a mark that it is deleted. */
            OF_VERSIONS,
            /** Objects can be neither replaced nor deleted. */
            OF_OBJECTS
        }
    }

    /** What a rule does with objects when they have come to an age. */
    public enum Effect {
        DELETES,
        /** They have to be brought back before they can be read. */
        ARCHIVES,
        MOVES,
        REMOVES_OLD_VERSIONS,
        ABORTS_UPLOADS
    }

    /**
     * A rule of the bucket.
     *
     * @param prefix of the keys that it is for; empty for all
     * @param when such as {@code after 30 days}
     * @param atOnce whether it is for whatever is written, without an age
     */
    public record AgeRule(String name, String prefix, Effect effect, String when, boolean atOnce) {
        /** Whether it is for anything below the folder. */
        public boolean touches(String folder) {
            return folder.startsWith(prefix) || prefix.startsWith(folder);
        }
    }
}
