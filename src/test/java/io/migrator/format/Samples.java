package io.migrator.format;

import io.migrator.format.meta.BackupInfo;
import io.migrator.format.meta.MetaFile;
import io.migrator.format.meta.MetaJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Backups made by the real milvus-backup of the same two collections of a real Milvus 2.3.5. */
public final class Samples {
    public static final String V0_4 = "made_by_v0_4_30";
    public static final String V0_5 = "made_by_v0_5_16";

    private Samples() {}

    public static byte[] meta(String sample, MetaFile file) {
        return object(sample + "/meta/" + file.fileName());
    }

    /** Any object, by its key in a vault that holds the samples at its root. */
    public static byte[] object(String key) {
        String path = "/samples/" + key;
        try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream(path), path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static BackupInfo full(String sample) {
        try {
            return MetaJson.readFull(meta(sample, MetaFile.FULL));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
