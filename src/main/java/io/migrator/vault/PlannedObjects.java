package io.migrator.vault;

import io.migrator.copy.PlannedCopy;
import io.migrator.copy.PlannedRows;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.ObjectEntry;
import io.migrator.format.own.ObjectManifestWriter;
import io.migrator.store.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The object manifest of a backup whose plan was carried out: a line for each copy, as it was proven. */
public record PlannedObjects(PlannedRows planned, VaultLayout layout) {
    public void write(SealedWrites sealed) throws IOException {
        Path file = Files.createTempFile("migrator-objects", ".jsonl.gz");
        try {
            try (OutputStream out = Files.newOutputStream(file);
                    ObjectManifestWriter manifest = new ObjectManifestWriter(out);
                    Stream<PlannedCopy> rows = planned.byTargetKey()) {
                for (PlannedCopy row : (Iterable<PlannedCopy>) rows::iterator) {
                    manifest.write(new ObjectEntry(
                            layout.inManifest(row.targetKey()),
                            row.source().size(),
                            StoredObject.lastingEtag(row.targetEtag()),
                            row.source().key(),
                            row.source().etag(),
                            row.checksum()));
                }
                manifest.finish();
            }
            sealed.write(layout.objectManifest(), file);
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
