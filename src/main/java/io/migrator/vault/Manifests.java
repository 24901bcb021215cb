package io.migrator.vault;

import io.migrator.config.Secret;
import io.migrator.copy.PlannedRows;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.MetaJson;
import io.migrator.format.own.OwnJson;
import io.migrator.format.own.RunRecord;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The files that describe a backup. Order is the promise: our own files, then milvus-backup's metas with
 * {@code full_meta.json} last; the marker goes after that, in {@link VaultClaim#release()}.
 */
public record Manifests(VaultClaim claim, ObjectStore vault, VaultLayout layout, PlannedRows planned) {
    /** Writes some of them. */
    public interface Part {
        void write(SealedWrites sealed) throws IOException;
    }

    /**
     * Writes all of them.
     *
     * @param schemas of all collections
     * @param units the list of the units of the pool, of what is used alone: after the metas, so that those which are there
     *     find their units whoever removes the marker too late
     * @param key by which they are sealed; empty where there is none
     */
    public void write(BackupInfo backup, RunRecord record, Part schemas, Part units, Secret key) {
        try {
            claim.requireOurs();
            SealedWrites sealed = new SealedWrites(vault, layout);
            sealed.unseal();
            new PlannedObjects(planned, layout).write(sealed);
            schemas.write(sealed);
            sealed.write(layout.runRecord(), OwnJson.write(record));
            for (MetaFile file : MetaFile.values()) {
                claim.requireOurs();
                sealed.write(layout.meta(file), out -> MetaJson.write(backup, file, out));
            }
            claim.requireOurs();
            units.write(sealed);
            sealed.seal(record.runId(), key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
