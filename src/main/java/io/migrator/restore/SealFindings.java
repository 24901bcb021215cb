package io.migrator.restore;

import io.migrator.catalog.FileCheck;
import io.migrator.catalog.Finding;
import io.migrator.format.MetaFile;
import io.migrator.format.VaultLayout;
import java.util.List;
import java.util.function.Predicate;

/**
 * Files that are not what was sealed.
 *
 * @param needed those that a restore reads
 * @param spare those that hold the same for other readers, and the seal itself
 */
record SealFindings(FileCheck needed, List<Finding> spare) {
    SealFindings {
        spare = List.copyOf(spare);
    }

    static SealFindings of(VaultLayout layout, FileCheck sealed) {
        String full = layout.meta(MetaFile.FULL);
        boolean lost = sealed.findings().stream()
                .anyMatch(finding -> finding.key().equals(full) && finding.kind() == Finding.Kind.MISSING);
        // Without full_meta.json the level files are read in its place.
        Predicate<Finding> spare = finding -> finding.key().equals(layout.seal())
                || (finding.key().startsWith(layout.metaDir())
                        && lost == finding.key().equals(full));
        return new SealFindings(
                sealed.only(sealed.findings().stream().filter(spare.negate()).toList()),
                sealed.findings().stream().filter(spare).toList());
    }
}
