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
import io.migrator.store.Md5Use;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Compares the checksums that copies out of a vault met with those the backup keeps of the same objects, so that what was
 * damaged in the vault does not go on as if it were whole. Reads only the object manifest; the plan and it are in one order,
 * so memory is constant.
 */
public final class CopiedSums {
    private static final int BATCH = 1000;
    /** The plan's column. */
    private static final int LONGEST = 256;

    private final CopyPlan plan;
    private final ObjectStore vault;
    private final VaultLayout layout;

    public CopiedSums(CopyPlan plan, ObjectStore vault, VaultLayout layout) {
        this.plan = plan;
        this.vault = vault;
        this.layout = layout;
    }

    /**
     * Takes down in the plan what the sources of large objects must have: of these a store seldom tells an MD5, and a backup
     * keeps one or a SHA-256, so what is to be computed while they are staged only it can tell.
     *
     * @throws MigratorException CORRUPT where the manifest is damaged
     */
    public void expect() {
        try (Stream<PlannedCopy> open = plan.openBySourceKey(Md5Use.SMALL)) {
            Map<Long, Checksum> sums = new LinkedHashMap<>();
            withKept(open.iterator(), (row, kept) -> {
                if (expectable(kept)) {
                    sums.put(row.sequence(), kept);
                }
                if (sums.size() == BATCH) {
                    plan.expect(sums);
                    sums.clear();
                }
            });
            plan.expect(sums);
        }
    }

    /** Of another nothing can be computed on the way, and a damaged one may be of any length. */
    private static boolean expectable(Checksum kept) {
        return kept.checkable() && kept.toString().length() <= LONGEST;
    }

    /**
     * What differs, by its sequence in the plan, as lines to show. Nothing differs where the backup has no object manifest,
     * as milvus-backup's have none.
     *
     * @throws MigratorException CORRUPT where the manifest is damaged
     */
    public Map<Long, String> differing() {
        Map<Long, String> differing = new LinkedHashMap<>();
        try (Stream<PlannedCopy> copied = plan.copiedBySourceKey()) {
            withKept(copied.iterator(), (row, kept) -> {
                if (kept.contradicts(row.checksum())) {
                    differing.put(
                            row.sequence(),
                            "%s: has %s, and %s was backed up"
                                    .formatted(row.source().key(), row.checksum(), kept));
                }
            });
        }
        return differing;
    }

    /** Tells each row of which the backup keeps a checksum; rows come in ascending order of their source keys. */
    private void withKept(Iterator<PlannedCopy> rows, BiConsumer<PlannedCopy, Checksum> told) {
        if (!rows.hasNext() || vault.find(layout.objectManifest()).isEmpty()) {
            return;
        }
        try (ObjectManifestReader manifest = new ObjectManifestReader(vault.open(layout.objectManifest()))) {
            ManifestCursor entries = new ManifestCursor(manifest, unasked -> {});
            while (rows.hasNext()) {
                PlannedCopy row = rows.next();
                String key = layout.inManifest(row.source().key());
                entries.find(key).map(ObjectEntry::checksum).ifPresent(kept -> told.accept(row, kept));
            }
        } catch (DamagedMetaException e) {
            throw unreadable(Failure.CORRUPT, e, "Take another backup, or delete that file to go without it.");
        } catch (IOException e) {
            throw unreadable(Failure.UNREACHABLE, e, "Run the same command again.");
        }
    }

    private MigratorException unreadable(Failure failure, IOException e, String advice) {
        return MigratorException.unable(
                failure, "read", layout.objectManifest(), String.valueOf(e.getMessage()), advice, e);
    }
}
