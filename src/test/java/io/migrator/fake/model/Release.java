package io.migrator.fake.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Milvus release and what it can do. The thresholds are the first releases whose protocol files or sources have the
 * thing; where two sources differ, the later release.
 *
 * @param text as given, such as {@code 2.5.10}
 */
public record Release(int major, int minor, int patch, String text) {
    private static final Pattern NUMBERS = Pattern.compile("v?(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*");
    private static final int NEWEST = 9999;

    /** {@code 2.4.15} is that release, {@code 2.6} the newest of its line. */
    public static Release of(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        if (!numbers.matches()) {
            throw new IllegalArgumentException("not a release of Milvus: " + text);
        }
        String patch = numbers.group(3);
        return new Release(
                Integer.parseInt(numbers.group(1)),
                Integer.parseInt(numbers.group(2)),
                patch == null ? NEWEST : Integer.parseInt(patch),
                text);
    }

    public boolean atLeast(int otherMajor, int otherMinor, int otherPatch) {
        if (major != otherMajor) {
            return major > otherMajor;
        }
        return minor != otherMinor ? minor > otherMinor : patch >= otherPatch;
    }

    /** What GetVersion says: a release tag, or a development tag where no patch was given. */
    public String tag() {
        return patch == NEWEST ? text + "-20261001-0123abcd" : "v" + text;
    }

    /** 2.2 sets the old code of a status only. */
    public boolean newStatusCodes() {
        return atLeast(2, 3, 0);
    }

    public boolean connect() {
        return atLeast(2, 2, 9);
    }

    public boolean databases() {
        return atLeast(2, 2, 7);
    }

    /** DescribeDatabase, AlterDatabase and properties of databases. */
    public boolean databaseProperties() {
        return atLeast(2, 4, 3);
    }

    public boolean rename() {
        return atLeast(2, 2, 5);
    }

    /** DescribeAlias and ListAliases. */
    public boolean aliasListing() {
        return atLeast(2, 3, 0);
    }

    public boolean partitionKeys() {
        return atLeast(2, 2, 9);
    }

    /** FlushAll and GetFlushAllState. */
    public boolean flushAll() {
        return atLeast(2, 2, 16);
    }

    /** FlushAll answers with messages a physical channel, and the old time stamp is no more filled. */
    public boolean flushAllByChannel() {
        return atLeast(2, 6, 11);
    }

    /** A flush says up to where each channel was written. */
    public boolean channelCheckpoints() {
        return atLeast(2, 4, 3);
    }

    /** Deletes are kept in segments of their own, and these have a level. */
    public boolean levelZero() {
        return atLeast(2, 4, 0);
    }

    public boolean segmentLevel() {
        return atLeast(2, 4, 7);
    }

    public boolean segmentSorted() {
        return atLeast(2, 5, 0);
    }

    public boolean storageVersion() {
        return atLeast(2, 6, 0);
    }

    public boolean restV2() {
        return atLeast(2, 4, 0);
    }

    /** REST {@code segments/describe}. */
    public boolean segmentsDescribe() {
        return atLeast(2, 5, 8);
    }

    /** Import by jobs (v2); older ones have tasks (v1). */
    public boolean importJobs() {
        return atLeast(2, 4, 0);
    }

    /** An L0 import may name more than one segment. */
    public boolean manyL0InOneJob() {
        return atLeast(2, 6, 5);
    }

    /** The end time of an import is a hybrid time stamp; before it was a physical one in milliseconds. */
    public boolean hybridImportTimes() {
        return atLeast(2, 6, 0) || minor == 5 && atLeast(2, 5, 7) || minor == 4 && atLeast(2, 4, 24);
    }

    /** BackupRBAC and RestoreRBAC. */
    public boolean rbacBackup() {
        return atLeast(2, 4, 10);
    }

    public boolean privilegeGroups() {
        return atLeast(2, 5, 0);
    }

    public boolean manyVectorFields() {
        return atLeast(2, 4, 0);
    }

    /** Fields may be nullable, and the collection may have functions. */
    public boolean nullableAndFunctions() {
        return atLeast(2, 5, 0);
    }

    public boolean structArrays() {
        return atLeast(2, 6, 0);
    }

    public boolean addField() {
        return atLeast(2, 6, 0);
    }

    /** A function's model is asked whether it works when the collection is created, unless a property says no. */
    public boolean functionRuntimeCheck() {
        return atLeast(2, 6, 8);
    }

    /** Garbage collection can be paused over the management port; a real 2.3.5 cannot. */
    public boolean gcPause() {
        return atLeast(2, 3, 6);
    }

    /** A pause can be that of one collection, and gives a ticket that the resume must show. */
    public boolean gcTickets() {
        return atLeast(2, 6, 8);
    }
}
