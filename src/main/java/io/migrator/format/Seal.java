package io.migrator.format;

import java.util.List;

/**
 * The content of {@code migrator/seal.json}: what every file of a complete backup was that is no binlog. The last file to
 * be written before the marker goes.
 */
public record Seal(List<SealedFile> files) {
    public Seal {
        files = Copies.of(files);
    }

    /**
     * One file.
     *
     * @param key relative to the backup's directory, such as {@code meta/full_meta.json}
     * @param size bytes
     * @param checksum of its content, as {@link Checksum} writes it
     */
    public record SealedFile(String key, long size, String checksum) {
        public SealedFile {
            key = Copies.of(key);
            checksum = Copies.of(checksum);
        }
    }
}
