package io.migrator.restore.preflight;

import io.migrator.catalog.FileCheck;
import io.migrator.catalog.Finding;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.MetaFile;
import java.util.List;
import java.util.function.Predicate;

/**
 * Files that are not what was sealed.
 *
 * @param needed those that the restore reads
 * @param spare those that hold the same for other readers, and the seal itself
 */
record SealFindings(List<Finding> needed, List<Finding> spare) {
    SealFindings {
        needed = List.copyOf(needed);
        spare = List.copyOf(spare);
    }

    /**
     * @param metaOnly whether the restore reads no list of objects, nor of units
     * @param keyed whether the seal was made with the user's key: then a damaged seal, or a meta that others could stand
     *     in for, is no mishap to get by with
     */
    static SealFindings of(VaultLayout layout, FileCheck sealed, boolean metaOnly, boolean keyed) {
        String full = layout.meta(MetaFile.FULL);
        boolean lost = !keyed
                && sealed.findings().stream()
                        .anyMatch(finding -> finding.key().equals(full) && finding.kind() == Finding.Kind.MISSING);
        // Without full_meta.json the level files are read in its place.
        Predicate<Finding> meta = finding -> finding.key().startsWith(layout.metaDir())
                && lost == finding.key().equals(full);
        Predicate<Finding> spare = meta.or(finding -> !keyed && finding.key().equals(layout.seal()))
                .or(finding -> metaOnly
                        && (finding.key().equals(layout.objectManifest())
                                || finding.key().equals(layout.refs())));
        return new SealFindings(
                sealed.findings().stream().filter(spare.negate()).toList(),
                sealed.findings().stream().filter(spare).toList());
    }
}
