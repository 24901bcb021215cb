package io.migrator.catalog;

import java.util.List;

/**
 * What a comparison of the backup with the objects in the vault gave.
 *
 * @param objects files that the backup names
 * @param bytes their size as the backup names it
 * @param problems number of all findings
 * @param findings the first thousand of them
 * @param etagsCompared whether the backup has an object manifest to compare with; milvus-backup makes none
 */
public record FileCheck(long objects, long bytes, long problems, List<Finding> findings, boolean etagsCompared) {
    public FileCheck {
        findings = List.copyOf(findings);
    }

    public boolean clean() {
        return problems == 0;
    }
}
