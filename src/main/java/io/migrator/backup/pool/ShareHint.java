package io.migrator.backup.pool;

import io.migrator.format.own.PoolShare;
import io.migrator.report.ByteSize;

/** What to say where an incremental backup saved little: who pays for one has a right to know why. */
final class ShareHint {
    private static final int WORTH_PERCENT = 30;

    private ShareHint() {}

    /**
     * A line for the user; empty where there is nothing to say.
     *
     * @param alone whether sharing nothing was asked for
     * @param candidates whether there is a complete incremental backup of the same Milvus, whatever it holds
     */
    static String of(PoolShare share, boolean alone, boolean candidates) {
        long shared = share.shared().bytes();
        long all = share.copied().bytes() + shared;
        if (alone || all == 0 || shared >= all / 100.0 * WORTH_PERCENT) {
            return "";
        }
        if (!candidates) {
            return "nothing to share with yet: the vault has no complete incremental backup of this Milvus; the next one"
                    + " shares with this";
        }
        if (share.parents().isEmpty()) {
            return "nothing was shared: no earlier incremental backup has these collections as they are now. Collections that"
                    + " were made anew, and segments that Milvus wrote anew (compaction, an upgrade), are copied once";
        }
        return "only %s was shared: Milvus wrote most segments anew since (compaction, many deletes, an upgrade), or its"
                        .formatted(ByteSize.share(shared, all))
                + " store tells other entity tags. Where each backup is like this, incremental ones save little:"
                + " docs/retention.md says what to expect of which use";
    }
}
