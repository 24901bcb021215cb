package io.migrator.check;

import io.migrator.store.ObjectStore;
import org.jspecify.annotations.Nullable;

/**
 * Tries in the vault every guarantee that backups rest on, in the manner of Elasticsearch's repository analysis: some
 * 1,200 small objects and one of 9 MiB under a scratch prefix, which is emptied at the end whatever was found. A
 * guarantee that holds here may still break under load or in another minute; one that fails here is not there.
 */
final class StoreAnalysis {
    /** S3 and Google list 1,000 a page. */
    static final int MORE_THAN_A_PAGE = 1_050;

    private final ObjectStore vault;
    private final @Nullable ObjectStore milvusBucket;
    private final BackupCopies copies;
    private final Findings findings;

    /** @param milvusBucket only read; null where it cannot be reached */
    StoreAnalysis(ObjectStore vault, @Nullable ObjectStore milvusBucket, BackupCopies copies, Findings findings) {
        this.vault = vault;
        this.milvusBucket = milvusBucket;
        this.copies = copies;
        this.findings = findings;
    }

    /** @param objects how many small ones to list */
    void run(int objects) {
        Scratch scratch = new Scratch(vault);
        try {
            new ObjectLooks(scratch).run(findings);
            new ListingLooks(scratch, objects).run(findings);
            CopyLooks looks = new CopyLooks(scratch);
            looks.run(findings);
            if (milvusBucket != null) {
                looks.fromMilvus(milvusBucket, copies, findings);
            }
            new RaceLooks(scratch).run(findings);
        } finally {
            findings.look("scratch", scratch::empty);
        }
    }
}
