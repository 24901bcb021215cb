package io.migrator.vault;

import io.migrator.catalog.ManifestCursor;
import io.migrator.copy.CopyPlan;
import io.migrator.copy.PlannedCopy;
import io.migrator.failure.Failure;
import io.migrator.failure.MigratorException;
import io.migrator.format.DamagedMetaException;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.ObjectEntry;
import io.migrator.format.own.ObjectManifestReader;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Compares the checksums that copies out of a vault met with those the backup keeps of the same objects, so that what was
 * damaged in the vault does not go on as if it were whole. Reads only the object manifest; the plan and it are in one order,
 * so memory is constant.
 */
public final class CopiedSums {
    private final CopyPlan plan;
    private final ObjectStore vault;
    private final VaultLayout layout;

    public CopiedSums(CopyPlan plan, ObjectStore vault, VaultLayout layout) {
        this.plan = plan;
        this.vault = vault;
        this.layout = layout;
    }

    /**
     * What differs, by its sequence in the plan, as lines to show. Nothing differs where the backup has no object manifest,
     * as milvus-backup's have none.
     *
     * @throws MigratorException CORRUPT where the manifest is damaged
     */
    public Map<Long, String> differing() {
        if (vault.find(layout.objectManifest()).isEmpty()) {
            return Map.of();
        }
        try (ObjectManifestReader manifest = new ObjectManifestReader(vault.open(layout.objectManifest()));
                Stream<PlannedCopy> copied = plan.copiedBySourceKey()) {
            return differing(manifest, copied.iterator());
        } catch (DamagedMetaException e) {
            throw unreadable(Failure.CORRUPT, e, "Take another backup, or delete that file to go without it.");
        } catch (IOException e) {
            throw unreadable(Failure.UNREACHABLE, e, "Run the same command again.");
        }
    }

    private Map<Long, String> differing(ObjectManifestReader manifest, Iterator<PlannedCopy> copied)
            throws IOException {
        Map<Long, String> differing = new LinkedHashMap<>();
        ManifestCursor entries = new ManifestCursor(manifest, unasked -> {});
        while (copied.hasNext()) {
            PlannedCopy row = copied.next();
            String key = layout.inManifest(row.source().key());
            Checksum kept = entries.find(key).map(ObjectEntry::checksum).orElse(null);
            if (kept != null && kept.contradicts(row.checksum())) {
                differing.put(
                        row.sequence(),
                        "%s: has %s, and %s was backed up"
                                .formatted(row.source().key(), row.checksum(), kept));
            }
        }
        return differing;
    }

    private MigratorException unreadable(Failure failure, IOException e, String advice) {
        return MigratorException.unable(
                failure, "read", layout.objectManifest(), String.valueOf(e.getMessage()), advice, e);
    }
}
