package io.migrator.vault;

import io.migrator.config.Secret;
import io.migrator.format.checksum.Checksum;
import io.migrator.format.checksum.ContentDigest;
import io.migrator.format.layout.VaultLayout;
import io.migrator.format.own.Seal;
import io.migrator.format.own.Seal.SealedFile;
import io.migrator.format.own.SealMac;
import io.migrator.report.Progress;
import io.migrator.report.RunReport;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** Writes the files of a backup that are no binlogs and keeps what the seal says of each. For many threads. */
public final class SealedWrites {
    private static final int MOST_SEAL = 64 << 20;

    private final ObjectStore vault;
    private final VaultLayout layout;
    private final SortedMap<String, SealedFile> files = new ConcurrentSkipListMap<>();

    public SealedWrites(ObjectStore vault, VaultLayout layout) {
        this.vault = vault;
        this.layout = layout;
    }

    public void write(String key, byte[] content) {
        vault.write(key, content);
        add(key, content.length, ContentDigest.of(content, Checksum.SHA256));
    }

    public void write(String key, Path content) throws IOException {
        try (InputStream in = Files.newInputStream(content)) {
            vault.write(key, in, Files.size(content));
        }
        try (InputStream in = Files.newInputStream(content)) {
            add(key, Files.size(content), ContentDigest.of(in, Checksum.SHA256));
        }
    }

    /** Writes a file of any size. */
    public void write(String key, Content content) throws IOException {
        try (PendingFile pending = new PendingFile()) {
            content.writeTo(pending);
            pending.end();
            try (InputStream in = pending.read()) {
                vault.write(key, in, pending.size());
            }
            add(key, pending.size(), pending.checksum());
        }
    }

    /** Seals a file that was written under a condition. */
    public void written(String key, byte[] content) {
        add(key, content.length, ContentDigest.of(content, Checksum.SHA256));
    }

    /** Puts what a file is to contain into a stream, which it leaves open. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes the seal: after all other files.
     *
     * @param key of the user's; empty where there is none
     */
    public void seal(String runId, Secret key) {
        byte[] seal = new Seal(runId, files.values().stream().toList()).write();
        vault.write(layout.seal(), seal);
        if (!key.isEmpty()) {
            vault.write(layout.sealMac(), SealMac.write(seal, key.reveal()));
        }
    }

    /**
     * Takes away the seal of an earlier run of this backup. Before all else is written: what lies there until it is sealed
     * anew must pass for no complete backup, whoever removes its marker too late.
     */
    public void unseal() {
        List<String> seal = Stream.of(layout.seal(), layout.sealMac())
                .filter(key -> vault.find(key).isPresent())
                .toList();
        if (!seal.isEmpty()) {
            vault.delete(seal);
        }
    }

    /** Whether the seal that lies in the vault was made with the key. */
    private boolean isSealedWith(Secret key) {
        if (vault.find(layout.seal()).isEmpty() || vault.find(layout.sealMac()).isEmpty()) {
            return false;
        }
        return SealMac.matches(
                vault.read(layout.sealMac(), SealMac.MOST), vault.read(layout.seal(), MOST_SEAL), key.reveal());
    }

    /**
     * A backup of the time before the key was set is complete, and no restore with the key takes it: said in time.
     *
     * @param key empty where there is none
     */
    public void tellOther(Secret key, Progress progress, RunReport report) {
        if (!key.isEmpty() && !isSealedWith(key)) {
            report.fact("sealed_with_key", false);
            progress.note("this backup is not sealed with the seal.key that is set here: restore and verify refuse"
                    + " it, unless seal=unkeyed is said of one without a key; a backup under another name"
                    + " is sealed with it");
        }
    }

    private void add(String key, long size, Checksum checksum) {
        String relative = key.substring(layout.backupDir().length());
        files.put(relative, new SealedFile(relative, size, checksum));
    }
}
