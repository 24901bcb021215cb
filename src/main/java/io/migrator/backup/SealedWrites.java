package io.migrator.backup;

import io.migrator.format.Seal;
import io.migrator.format.Seal.SealedFile;
import io.migrator.format.VaultLayout;
import io.migrator.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Writes the files of a backup that are no binlogs and keeps what the seal says of each. For many threads. */
final class SealedWrites {
    private final ObjectStore vault;
    private final VaultLayout layout;
    private final SortedMap<String, SealedFile> files = new ConcurrentSkipListMap<>();

    SealedWrites(ObjectStore vault, VaultLayout layout) {
        this.vault = vault;
        this.layout = layout;
    }

    void write(String key, byte[] content) {
        vault.write(key, content);
        add(key, content.length, sha256().digest(content));
    }

    void write(String key, Path content) throws IOException {
        try (InputStream in = Files.newInputStream(content)) {
            vault.write(key, in, Files.size(content));
        }
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(content), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        add(key, Files.size(content), digest.digest());
    }

    Seal seal() {
        return new Seal(files.values().stream().toList());
    }

    private void add(String key, long size, byte[] sha256) {
        String relative = key.substring(layout.backupDir().length());
        files.put(relative, new SealedFile(relative, size, HexFormat.of().formatHex(sha256)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
